/**
 * The capabilities of Linux: the parts into which it splits the power of root.
 * @see https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
export const linuxCapabilities = [
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'AUDIT_WRITE',
  'BLOCK_SUSPEND',
  'BPF',
  'CHECKPOINT_RESTORE',
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'IPC_LOCK',
  'IPC_OWNER',
  'KILL',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_RAW',
  'PERFMON',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYSLOG',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_NICE',
  'SYS_PACCT',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'WAKE_ALARM',
] as const;

/** A capability of Linux, without the `CAP_` that the kernel writes before its name. */
export type Capability = (typeof linuxCapabilities)[number];

/** What a program runs as: a user without rights of its own, or root, for a reason. */
export type Privilege = { readonly kind: 'none' } | { readonly kind: 'root'; readonly reason: string };

/** What root gets if nothing else is said: enough to make a user the owner of folders, and to become that user. */
export const rootCapabilities: readonly Capability[] = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'SETGID',
  'SETUID',
];

/**
 * The capability that a program of any user may have. The kernel does not start a program whose file has a capability that
 * its container must not use, and this one is in the files of web servers.
 */
export const portCapability: Capability = 'NET_BIND_SERVICE';

/** The lowest port that a user other than root may listen on, unless the system is told otherwise. */
export const lowestOwnPort = 1024;

/** The ports of a workload that only root may listen on, unless the system is told otherwise. */
export function lowPorts({ ports }: { readonly ports: readonly { readonly number: number }[] }): number[] {
  return ports.map(({ number }) => number).filter((number) => number < lowestOwnPort);
}
