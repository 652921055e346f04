// The restrictions of every container, with compose and with Pulumi. A container has no capability and cannot get one.
const dropped = ['ALL'];
const security = ['no-new-privileges:true'];
// Without this, an engine with cgroups version 1 shows the cgroups of the host to a container.
const cgroups = 'private';

/** The restrictions as keys of a compose service, for containers without options of their own. */
export const composeRestrictions = { cap_drop: dropped, cgroup: cgroups, security_opt: security };

/** The options of the security modules of a container that has some of its own. */
export function securityOf(own: readonly string[]): readonly string[] {
  return [...security, ...own];
}

/**
 * The restrictions as arguments of a Pulumi container.
 * @param added capabilities that the container gets nevertheless
 * @param own its own options of the security modules
 */
export function pulumiRestrictions(added: readonly string[] = [], own: readonly string[] = []) {
  return {
    capabilities: { drops: dropped, ...(added.length > 0 && { adds: [...added] }) },
    securityOpts: [...securityOf(own)],
    cgroupnsMode: cgroups,
  };
}

/**
 * A capability as the provider reads it back. Without the prefix, it would replace the container after each refresh.
 */
export function prefixed(capability: string): string {
  return /^(?:ALL$|CAP_)/.test(capability) ? capability : `CAP_${capability}`;
}

/**
 * The mount options of a folder in memory. Programs may run from it, as in an emptyDir of Kubernetes: the JVM and other
 * runtimes unpack native libraries into /tmp. Without `exec`, an engine forbids that.
 * @param size its limit, in a unit of the kernel
 */
export function tmpfsOptions(size: number | string): string {
  return `exec,mode=1777,size=${size}`;
}
