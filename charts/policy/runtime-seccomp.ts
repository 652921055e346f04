import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** What no web application asks the kernel for, it refuses. */
export const runtimeSeccomp: Policy<KubernetesPlan> = {
  name: 'runtime-seccomp',
  rule: 'Every container is held to the calls of the kernel that its runtime allows.',
  why: 'Most ways out of a container are calls that no web application makes.',
  sources: [
    'kube-score container-seccomp-profile',
    'checkov CKV_K8S_31',
    'Trivy KSV-0030',
    'Polaris linuxHardening',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  check: ofContainers(({ securityContext: { seccompProfile } = {} }) =>
    must(
      seccompProfile?.type === 'RuntimeDefault',
      'securityContext.seccompProfile.type',
      seccompProfile?.type,
      'RuntimeDefault',
    ),
  ),
};
