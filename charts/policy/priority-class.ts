import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, objectsIn, eachPod } from './rules';

export const priorityClass: Policy<KubernetesPlan> = {
  name: 'priority-class',
  rule: 'Every pod has the priority class of its application.',
  why: 'On full nodes, pods without a class are evicted or wait according to the default of the cluster, which others can change.',
  sources: ['Polaris priorityClassNotSet'],
  check: eachPod(({ spec: { priorityClassName } }, plan) =>
    faultUnless(
      objectsIn(plan).some(
        ({ kind, metadata }) => kind === 'PriorityClass' && metadata.name === priorityClassName,
      ),
      'priorityClassName',
      priorityClassName,
      'the priority class of the application',
    ),
  ),
};
