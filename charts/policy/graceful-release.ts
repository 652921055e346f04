import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPod } from './rules';

export const gracefulRelease: Policy<KubernetesPlan> = {
  name: 'graceful-release',
  rule: 'A rollout starts new pods before it stops old ones, and old pods get time to finish their requests.',
  why: 'Otherwise visitors see errors: their requests are cut off, or go to a pod that has stopped.',
  sources: [
    'kube-linter no-rolling-update-strategy',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  ],
  check: eachPod(({ controller, spec }) => {
    const { terminationGracePeriodSeconds = 0 } = spec;
    const time = faultUnless(
      terminationGracePeriodSeconds > 0,
      'terminationGracePeriodSeconds',
      terminationGracePeriodSeconds,
      'a number of seconds, from grace of the component',
    );
    if (controller.kind !== 'Deployment') return time;
    const { maxUnavailable } = controller.spec?.strategy?.rollingUpdate ?? {};
    const serving = spec.containers.filter(({ ports = [] }) => ports.length > 0);
    return [
      ...time,
      ...faultUnless(maxUnavailable === 0, 'strategy.rollingUpdate.maxUnavailable', maxUnavailable, '0'),
      ...serving.flatMap(({ name, lifecycle }) =>
        faultUnless(
          lifecycle?.preStop !== undefined,
          `${name} lifecycle.preStop`,
          undefined,
          'a short sleep, until proxies stop sending requests',
        ),
      ),
    ];
  }),
};
