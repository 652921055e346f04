import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachObject } from './rules';

export const knownOrigin: Policy<KubernetesPlan> = {
  name: 'known-origin',
  rule: 'Every object has labels for its application, version and owner. Its instance label is its own name.',
  why: 'When an object has a problem, people must find out what it is for and whom to ask.',
  sources: [
    'kube-linter required-label-owner',
    'Polaris metadataAndInstanceMismatched',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  ],
  check: eachObject(({ metadata: { name, labels } }) => [
    ...[
      'app.kubernetes.io/part-of',
      'app.kubernetes.io/managed-by',
      'app.kubernetes.io/version',
      'owner',
    ].flatMap((label) =>
      faultUnless(labels[label] !== undefined, `metadata.labels ${label}`, undefined, 'a value'),
    ),
    ...faultUnless(
      labels['app.kubernetes.io/instance'] === name,
      'metadata.labels app.kubernetes.io/instance',
      labels['app.kubernetes.io/instance'],
      name,
    ),
  ]),
};
