import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofObjects } from './rules';

/** Every object tells where it is from. */
export const knownOrigin: Policy<KubernetesPlan> = {
  name: 'known-origin',
  rule: 'Every object says what it is a part of and whose it is, and a controller has the name that its pods are known by.',
  why: 'Who finds an object that is in trouble, or in the way, knows neither what it is for nor whom to ask.',
  sources: [
    'kube-linter required-label-owner',
    'Polaris metadataAndInstanceMismatched',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  ],
  check: ofObjects(({ metadata: { name, labels } }) => [
    ...[
      'app.kubernetes.io/part-of',
      'app.kubernetes.io/managed-by',
      'app.kubernetes.io/version',
      'owner',
    ].flatMap((label) => must(labels[label] !== undefined, `metadata.labels ${label}`, undefined, 'a name')),
    ...must(
      labels['app.kubernetes.io/instance'] === name,
      'metadata.labels app.kubernetes.io/instance',
      labels['app.kubernetes.io/instance'],
      name,
    ),
  ]),
};
