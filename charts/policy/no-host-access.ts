import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPod } from './rules';
import { containersOf } from '../pods';

const allowed = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

export const noHostAccess: Policy<KubernetesPlan> = {
  name: 'no-host-access',
  rule: 'No pod uses the network, the processes or the ports of its node, and no volume is a folder of the node.',
  why: 'A pod that shares something with its node shares it with other pods there, and network policies do not apply to it.',
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
  check: eachPod((pod) => [
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).flatMap((field) =>
      faultUnless(pod.spec[field] !== true, field, pod.spec[field], 'false'),
    ),
    ...(pod.spec.volumes ?? []).flatMap(({ name, ...source }) =>
      Object.keys(source).flatMap((kind) =>
        faultUnless(allowed.includes(kind), `volumes ${name}`, kind, `one of ${allowed.join(', ')}`),
      ),
    ),
    ...containersOf(pod).flatMap(({ name, ports = [] }) =>
      ports.flatMap(({ hostPort }) =>
        faultUnless(
          hostPort === undefined,
          `${name} ports hostPort`,
          hostPort,
          'no host port, and expose: loadBalancer(…)',
        ),
      ),
    ),
  ]),
};
