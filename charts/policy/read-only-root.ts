import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** Nothing that is run can be written. */
export const readOnlyRoot: Policy<KubernetesPlan> = {
  name: 'read-only-root',
  rule: 'The file system of every container is read-only, but for its volumes.',
  why: 'Who breaks in leaves nothing behind that is run later, and a program that fills its disk fills a volume of a known size.',
  sources: [
    'kube-score container-security-context-readonlyrootfilesystem',
    'checkov CKV_K8S_22',
    'Trivy KSV-0014',
    'Polaris notReadOnlyRootFilesystem',
    'kube-linter no-read-only-root-fs',
  ],
  check: ofContainers(({ securityContext: { readOnlyRootFilesystem } = {} }) =>
    must(
      readOnlyRootFilesystem === true,
      'securityContext.readOnlyRootFilesystem',
      readOnlyRootFilesystem,
      'true',
    ),
  ),
};
