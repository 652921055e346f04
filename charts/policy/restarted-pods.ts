import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podRunsForever, must, ofPods } from './rules';

/** What fails is started again. */
export const restartedPods: Policy<KubernetesPlan> = {
  name: 'restarted-pods',
  rule: 'What fails is started again in its pod: always, or until it has succeeded.',
  why: 'A pod that is left where it failed is gone with its node, and a program that has ended by chance is down until somebody looks.',
  sources: ['kube-linter restart-policy'],
  check: ofPods((pod) => {
    const right = podRunsForever(pod) ? 'Always' : 'OnFailure';
    return must(pod.spec.restartPolicy === right, 'restartPolicy', pod.spec.restartPolicy, right);
  }),
};
