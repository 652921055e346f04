import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';

export const runtimeSeccomp: Policy<KubernetesPlan> = {
  name: 'runtime-seccomp',
  rule: 'Every container uses the default seccomp profile of the container runtime.',
  why: 'Most ways to escape from a container need system calls that no web application uses.',
  sources: [
    'kube-score container-seccomp-profile',
    'checkov CKV_K8S_31',
    'Trivy KSV-0030',
    'Polaris linuxHardening',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  check: eachPodContainer(({ securityContext: { seccompProfile } = {} }) =>
    faultUnless(
      seccompProfile?.type === 'RuntimeDefault',
      'securityContext.seccompProfile.type',
      seccompProfile?.type,
      'RuntimeDefault',
    ),
  ),
};
