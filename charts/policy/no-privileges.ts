import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** A program has the rights of its user, and no other ever. */
export const noPrivileges: Policy<KubernetesPlan> = {
  name: 'no-privileges',
  rule: 'No container is privileged, can become so, or has a capability.',
  why: 'Each is a step from the program to the node and all that runs there.',
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
  check: ofContainers(
    ({ securityContext: { privileged, allowPrivilegeEscalation, capabilities = {} } = {} }) => [
      ...must(privileged !== true, 'securityContext.privileged', privileged, 'false'),
      ...must(
        allowPrivilegeEscalation === false,
        'securityContext.allowPrivilegeEscalation',
        allowPrivilegeEscalation,
        'false',
      ),
      ...must(
        capabilities.drop?.includes('ALL') ?? false,
        'securityContext.capabilities.drop',
        capabilities.drop,
        "['ALL']",
      ),
      ...must(
        (capabilities.add ?? []).length === 0,
        'securityContext.capabilities.add',
        capabilities.add,
        'none',
      ),
    ],
  ),
};
