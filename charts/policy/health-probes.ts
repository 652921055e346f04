import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podRunsForever, faultUnless, eachPodContainer } from './rules';

export const healthProbes: Policy<KubernetesPlan> = {
  name: 'health-probes',
  rule: 'Every container that serves requests has a startup, a readiness and a liveness probe. The liveness probe differs from the readiness probe.',
  why: 'Without a readiness probe, requests arrive before the program can answer. If both probes are the same, a slow database makes Kubernetes restart every replica.',
  sources: [
    'kube-score pod-probes',
    'checkov CKV_K8S_8',
    'checkov CKV_K8S_9',
    'Polaris livenessProbeMissing',
    'kube-linter no-readiness-probe',
  ],
  stated: ({ readiness, liveness }) =>
    [readiness, liveness].flatMap((health) => (health.kind === 'none' ? health.reason : [])).find(Boolean) ??
    '',
  check: eachPodContainer((container, pod) => {
    if (!podRunsForever(pod) || !pod.spec.containers.includes(container)) return [];
    if ((container.ports ?? []).length === 0) return [];
    const { readinessProbe, livenessProbe } = container;
    const same = JSON.stringify(readinessProbe) === JSON.stringify(livenessProbe);
    return [
      ...(['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((probe) =>
        faultUnless(
          container[probe] !== undefined,
          probe,
          undefined,
          'a probe, from health or liveness of the component',
        ),
      ),
      ...(livenessProbe !== undefined && same
        ? [
            {
              field: 'livenessProbe',
              got: livenessProbe,
              write: 'a check of its own',
              sentence:
                'livenessProbe is the same as readinessProbe: write a check that needs no other component',
            },
          ]
        : []),
    ];
  }),
};
