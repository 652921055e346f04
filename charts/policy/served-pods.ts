import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podsIn } from '../pods';
import { faultUnless, eachObject, selects } from './rules';

export const servedPods: Policy<KubernetesPlan> = {
  name: 'served-pods',
  rule: 'The selector of every Service selects pods of the application.',
  why: 'A request to a Service without pods gets no answer.',
  sources: ['kube-score service-targets-pod', 'kube-linter dangling-service'],
  check: eachObject((object, plan) =>
    object.kind === 'Service'
      ? faultUnless(
          podsIn(plan).some(({ labels }) => selects(object.spec?.selector, labels)),
          'spec.selector',
          labelText(object.spec?.selector ?? {}),
          'labels of a pod of the application',
        )
      : [],
  ),
};

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
