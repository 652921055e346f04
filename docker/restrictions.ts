// Every container has these, whichever way it is started. No capability, and no way to get one.
const dropped = ['ALL'];
const security = ['no-new-privileges:true'];
// Engines with cgroups version 1 would show a container the cgroups of the host.
const cgroups = 'private';

/** The restrictions as keys of a compose service. */
export const composeRestrictions = { cap_drop: dropped, cgroup: cgroups, security_opt: security };

/** The restrictions as arguments of a Pulumi container. @param added capabilities that it has in spite of them */
export function pulumiRestrictions(added: readonly string[] = []) {
  return {
    capabilities: { drops: dropped, ...(added.length > 0 && { adds: [...added] }) },
    securityOpts: security,
    cgroupnsMode: cgroups,
  };
}
