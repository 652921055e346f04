import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofPods } from './rules';

const allowed = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

/** A pod and its node are strangers. */
export const noHostAccess: Policy<KubernetesPlan> = {
  name: 'no-host-access',
  rule: 'No pod shares the network, the processes or the ports of its node, and no volume is a part of it.',
  why: 'What a pod shares with its node, it shares with every other pod there, past every policy of the network.',
  sources: [
    'checkov CKV_K8S_17',
    'checkov CKV_K8S_18',
    'checkov CKV_K8S_19',
    'Trivy KSV-0009',
    'Trivy KSV-0023',
    'Polaris hostNetworkSet',
    'Polaris hostPortSet',
    'kube-linter host-network',
    'kube-linter sensitive-host-mounts',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  check: ofPods(({ spec }) => [
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).flatMap((field) =>
      must(spec[field] !== true, field, spec[field], 'false'),
    ),
    ...(spec.volumes ?? []).flatMap(({ name, ...source }) =>
      Object.keys(source).flatMap((kind) =>
        must(allowed.includes(kind), `volumes ${name}`, kind, `one of ${allowed.join(', ')}`),
      ),
    ),
    ...[...(spec.initContainers ?? []), ...spec.containers].flatMap(({ name, ports = [] }) =>
      ports.flatMap(({ hostPort }) =>
        must(hostPort === undefined, `${name} ports hostPort`, hostPort, 'none, and expose: loadBalancer(…)'),
      ),
    ),
  ]),
};
