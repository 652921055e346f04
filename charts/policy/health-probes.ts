import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podRunsForever, must, ofContainers } from './rules';

/** Requests go to those who can answer, and who cannot any more is restarted. */
export const healthProbes: Policy<KubernetesPlan> = {
  name: 'health-probes',
  rule: 'What runs for ever is asked whether it has started, is ready and lives, and the last two differ.',
  why: 'Without the first, requests come before there is an answer; with one question for both, a slow database has every replica restarted.',
  sources: [
    'kube-score pod-probes',
    'checkov CKV_K8S_8',
    'checkov CKV_K8S_9',
    'Polaris livenessProbeMissing',
    'kube-linter no-readiness-probe',
  ],
  check: ofContainers((container, pod) => {
    if (!podRunsForever(pod) || !pod.spec.containers.includes(container)) return [];
    if ((container.ports ?? []).length === 0) return [];
    const { readinessProbe, livenessProbe } = container;
    const same = JSON.stringify(readinessProbe) === JSON.stringify(livenessProbe);
    return [
      ...(['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((probe) =>
        must(container[probe] !== undefined, probe, undefined, 'health or liveness of the component'),
      ),
      ...must(
        livenessProbe === undefined || !same,
        'livenessProbe',
        livenessProbe,
        'another than that of readiness, which asks no dependency',
      ),
    ];
  }),
};
