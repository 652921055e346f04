import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofPods } from './rules';

/** A release costs no request. */
export const gracefulRelease: Policy<KubernetesPlan> = {
  name: 'graceful-release',
  rule: 'A release never takes away what answers: new pods come before old ones go, and those have time to end.',
  why: 'Visitors whose requests are under way, or who are still sent to a pod that stops, see an error.',
  sources: [
    'kube-linter no-rolling-update-strategy',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  ],
  check: ofPods(({ controller, spec }) => {
    const { terminationGracePeriodSeconds = 0 } = spec;
    const time = must(
      terminationGracePeriodSeconds > 0,
      'terminationGracePeriodSeconds',
      terminationGracePeriodSeconds,
      'the grace of the component',
    );
    if (controller.kind !== 'Deployment') return time;
    const { maxUnavailable } = controller.spec?.strategy?.rollingUpdate ?? {};
    const serving = spec.containers.filter(({ ports = [] }) => ports.length > 0);
    return [
      ...time,
      ...must(maxUnavailable === 0, 'strategy.rollingUpdate.maxUnavailable', maxUnavailable, '0'),
      ...serving.flatMap(({ name, lifecycle }) =>
        must(
          lifecycle?.preStop !== undefined,
          `${name} lifecycle.preStop`,
          undefined,
          'a pause, until no proxy sends requests any more',
        ),
      ),
    ];
  }),
};
