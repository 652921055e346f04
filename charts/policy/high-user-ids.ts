import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';
import { statedOf } from './stated';

const highest = 10_000;
const hint = "a number above 10000, or binding: 'any' if the image can run as any user";

export const highUserIds: Policy<KubernetesPlan> = {
  name: 'high-user-ids',
  rule: 'Every container runs as a user and a group with ids above 10000, and as root only if its component states why.',
  why: 'Nodes use lower ids for their own users. A process that escapes from its container has the rights of the user with the same id.',
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
  check: eachPodContainer((container, pod, plan) => {
    const { securityContext = {} } = container;
    if (statedOf(container, pod, plan).privilege.kind === 'root') return [];
    // A cluster that assigns ids uses high ones. Then only ids that an override has set can be too low.
    const unset = plan.userIds === 'assigned' ? Infinity : 0;
    const { runAsNonRoot, runAsUser = unset, runAsGroup = unset } = securityContext;
    return [
      ...faultUnless(runAsNonRoot === true, 'securityContext.runAsNonRoot', runAsNonRoot, 'true'),
      ...faultUnless(runAsUser > highest, 'securityContext.runAsUser', runAsUser, hint),
      ...faultUnless(runAsGroup > highest, 'securityContext.runAsGroup', runAsGroup, hint),
    ];
  }),
};
