import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import { portCapability, type Capability } from '../constructs/model/privilege';
import type { ApplicationModel, Workload } from '../constructs/model/workload';
import { isCarriedByCluster } from './lower/context';

/** The levels of the Pod Security Standards, the strictest first. */
const levels = ['restricted', 'baseline', 'privileged'] as const;

/** A level of the Pod Security Standards. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type SecurityLevel = (typeof levels)[number];

/** The capabilities that the level `baseline` allows. */
const baseline: readonly Capability[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** The capabilities of a workload that an environment has to accept: root may have more than another user. */
export function capabilitiesToAccept({
  privilege,
  capabilities,
}: Pick<Workload, 'privilege' | 'capabilities'>): Capability[] {
  const allowed = privilege.kind === 'root' ? baseline : [portCapability];
  return capabilities.filter((capability) => !allowed.includes(capability));
}

/** The strictest level that allows everything that the pods of an application need. */
export function levelOf(model: ApplicationModel, environment: KubernetesSpec): SecurityLevel {
  const needed = model.workloads
    .filter((workload) => !isCarriedByCluster({ environment }, workload))
    .map((workload) => levels.indexOf(levelOfPod(workload)));
  return levels[Math.max(0, ...needed)] ?? 'restricted';
}

function levelOfPod({ privilege, capabilities }: Workload): SecurityLevel {
  if (capabilities.some((capability) => !baseline.includes(capability))) return 'privileged';
  const isRestricted =
    privilege.kind === 'none' && capabilities.every((capability) => capability === portCapability);
  return isRestricted ? 'restricted' : 'baseline';
}
