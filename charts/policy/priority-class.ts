import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, objectsIn, ofPods } from './rules';

/** Who comes first is written down. */
export const priorityClass: Policy<KubernetesPlan> = {
  name: 'priority-class',
  rule: 'Every pod names the priority class of its application.',
  why: 'Where nodes are full, pods without one are evicted or wait by the default of the cluster, which others change.',
  sources: ['Polaris priorityClassNotSet'],
  check: ofPods(({ spec: { priorityClassName } }, plan) =>
    must(
      objectsIn(plan).some(
        ({ kind, metadata }) => kind === 'PriorityClass' && metadata.name === priorityClassName,
      ),
      'priorityClassName',
      priorityClassName,
      'the class of the application',
    ),
  ),
};
