import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podRunsForever, faultUnless, eachPod } from './rules';

export const restartedPods: Policy<KubernetesPlan> = {
  name: 'restarted-pods',
  rule: 'Kubernetes restarts containers that fail: always, or for jobs until the run succeeds.',
  why: 'Without restarts, a program that fails once stays down until somebody notices.',
  sources: ['kube-linter restart-policy'],
  check: eachPod((pod) => {
    const right = podRunsForever(pod) ? 'Always' : 'OnFailure';
    return faultUnless(pod.spec.restartPolicy === right, 'restartPolicy', pod.spec.restartPolicy, right);
  }),
};
