import type { PolicyText } from './policy';

/** The policy on the folders of images, whatever the target. Each target checks what it renders. */
export const readOnlyRoot: PolicyText = {
  name: 'read-only-root',
  rule: 'The root file system of every container is read-only, unless its component states that it is writable. Only volumes can be written.',
  why: 'An attacker cannot leave programs behind that run later. A program that writes too much fills only a volume of known size.',
  sources: [
    'kube-score container-security-context-readonlyrootfilesystem',
    'checkov CKV_K8S_22',
    'Trivy KSV-0014',
    'Polaris notReadOnlyRootFilesystem',
    'kube-linter no-read-only-root-fs',
    'docker-bench-security check_5_12',
  ],
};
