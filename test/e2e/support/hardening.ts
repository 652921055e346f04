import { componentOf, type Container } from './engine';

/** What a container may do, in the terms of section 5 of the CIS Docker Benchmark. */
export function confinement(container: Container): Record<string, unknown> {
  const { HostConfig: host, Config: config } = container;
  return {
    component: componentOf(container),
    root: /^(0|root)?(:|$)/.test(config.User),
    readOnly: host.ReadonlyRootfs,
    privileged: host.Privileged,
    dropped: host.CapDrop,
    added: host.CapAdd ?? [],
    noNewPrivileges: (host.SecurityOpt ?? []).some((option) => /^no-new-privileges(:true)?$/.test(option)),
    memoryLimited: host.Memory > 0,
    cpuLimited: host.NanoCpus > 0,
    healthcheck: (config.Healthcheck?.Test.length ?? 0) > 0,
    published: Object.values(host.PortBindings ?? {}).flatMap((bindings) =>
      bindings.map(({ HostPort }) => Number(HostPort)),
    ),
  };
}

/** What every container must be; the proxy alone is published. */
export function confined(container: Container, hostPort: number): Record<string, unknown> {
  const component = componentOf(container);
  return {
    component,
    root: false,
    readOnly: true,
    privileged: false,
    dropped: ['ALL'],
    added: [],
    noNewPrivileges: true,
    memoryLimited: true,
    cpuLimited: true,
    healthcheck: true,
    published: component === 'proxy' ? [hostPort] : [],
  };
}

/** The components whose containers show one of some values to `docker inspect`. */
export function showing(containers: readonly Container[], values: readonly string[]): string[] {
  const shown = containers.filter((container) => {
    const text = JSON.stringify(container);
    return values.some((value) => text.includes(value));
  });
  return [...new Set(shown.map(componentOf))].sort();
}
