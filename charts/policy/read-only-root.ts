import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';

export const readOnlyRoot: Policy<KubernetesPlan> = {
  name: 'read-only-root',
  rule: 'The root file system of every container is read-only. Only volumes can be written.',
  why: 'An attacker cannot leave programs behind that run later. A program that writes too much fills only a volume of known size.',
  sources: [
    'kube-score container-security-context-readonlyrootfilesystem',
    'checkov CKV_K8S_22',
    'Trivy KSV-0014',
    'Polaris notReadOnlyRootFilesystem',
    'kube-linter no-read-only-root-fs',
  ],
  check: eachPodContainer(({ securityContext: { readOnlyRootFilesystem } = {} }) =>
    faultUnless(
      readOnlyRootFilesystem === true,
      'securityContext.readOnlyRootFilesystem',
      readOnlyRootFilesystem,
      'true',
    ),
  ),
};
