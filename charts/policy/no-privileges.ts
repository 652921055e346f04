import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';
import { statedOf } from './stated';
import { listed } from '../../constructs/model/words';

export const noPrivileges: Policy<KubernetesPlan> = {
  name: 'no-privileges',
  rule: 'No container is privileged, can gain privileges, or has a Linux capability that its component does not state.',
  why: 'Each of these helps an attacker to get from the program to the node and to everything that runs there.',
  sources: [
    'checkov CKV_K8S_16',
    'checkov CKV_K8S_20',
    'checkov CKV_K8S_37',
    'Trivy KSV-0001',
    'Trivy KSV-0017',
    'Trivy KSV-0106',
    'Polaris privilegeEscalationAllowed',
    'kube-linter privileged-container',
    'kube-linter drop-net-raw-capability',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  check: eachPodContainer((container, pod, plan) => {
    const { privileged, allowPrivilegeEscalation, capabilities = {} } = container.securityContext ?? {};
    const stated: readonly string[] = statedOf(container, pod, plan).capabilities;
    return [
      ...faultUnless(privileged !== true, 'securityContext.privileged', privileged, 'false'),
      ...faultUnless(
        allowPrivilegeEscalation === false,
        'securityContext.allowPrivilegeEscalation',
        allowPrivilegeEscalation,
        'false',
      ),
      ...faultUnless(
        capabilities.drop?.includes('ALL') ?? false,
        'securityContext.capabilities.drop',
        capabilities.drop,
        "['ALL']",
      ),
      ...faultUnless(
        (capabilities.add ?? []).every((one) => stated.includes(one)),
        'securityContext.capabilities.add',
        capabilities.add,
        stated.length === 0 ? 'an empty list' : `only ${listed(stated)}, as ${pod.workload} states`,
      ),
    ];
  }),
};
