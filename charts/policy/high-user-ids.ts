import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

const highest = 10_000;
const hint = "a number above 10000, or binding: 'any' for the user of an image that runs as any";

/** No process is one of the node. */
export const highUserIds: Policy<KubernetesPlan> = {
  name: 'high-user-ids',
  rule: 'Every container runs as a user and a group above 10000, never as root.',
  why: 'Users and groups of a node have the ids below: a process that breaks out of its container is one of them, and reads and writes what is theirs.',
  sources: [
    'kube-score container-security-context-user-group-id',
    'checkov CKV_K8S_40',
    'checkov CKV_K8S_23',
    'Trivy KSV-0020',
    'Trivy KSV-0021',
    'Polaris runAsRootAllowed',
    'kube-linter run-as-non-root',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  check: ofContainers(({ securityContext: { runAsNonRoot, runAsUser = 0, runAsGroup = 0 } = {} }) => [
    ...must(runAsNonRoot === true, 'securityContext.runAsNonRoot', runAsNonRoot, 'true'),
    ...must(runAsUser > highest, 'securityContext.runAsUser', runAsUser, hint),
    ...must(runAsGroup > highest, 'securityContext.runAsGroup', runAsGroup, hint),
  ]),
};
