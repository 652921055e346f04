import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podsIn } from '../pods';
import { must, ofObjects, selects } from './rules';

/** Behind every Service is somebody. */
export const servedPods: Policy<KubernetesPlan> = {
  name: 'served-pods',
  rule: 'The selector of every Service selects pods of the application.',
  why: 'Who asks it waits for an answer of nobody.',
  sources: ['kube-score service-targets-pod', 'kube-linter dangling-service'],
  check: ofObjects((object, plan) =>
    object.kind === 'Service'
      ? must(
          podsIn(plan).some(({ labels }) => selects(object.spec?.selector, labels)),
          'spec.selector',
          object.spec?.selector,
          'labels that a pod has',
        )
      : [],
  ),
};
