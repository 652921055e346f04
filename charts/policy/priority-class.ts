import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';
import { faultUnless, eachPod } from './rules';

export const priorityClass: Policy<KubernetesPlan> = {
  name: 'priority-class',
  rule: 'Every pod has the priority class of its application.',
  why: 'When nodes are full, the default class of the cluster decides which pods without a class wait or are evicted. Others can change this default.',
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
