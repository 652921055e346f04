import type { ContainerArgs } from '@pulumi/docker';
import type { YamlMap } from '../constructs/target/yaml';
import { literal } from './compose/interpolation';

/**
 * What an engine can do for a container and no field of the model says. No component uses any of it: it is
 * there for overrides.
 */
export interface EngineOptions {
  /** Linux capabilities that the container has, as NET_BIND_SERVICE. @default none */
  readonly capabilities?: readonly string[];
  /** Devices of the host, with any of r, w and m for permissions. @default none */
  readonly devices?: readonly {
    readonly host: string;
    readonly container: string;
    readonly permissions: string;
  }[];
  /** Addresses by host name. @default what the networks know */
  readonly hosts?: Readonly<Record<string, string>>;
  /** For other programs that watch the engine. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kernel parameters of the container's own. @default the engine's */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Limits of the processes, as nofile. @default the engine's */
  readonly ulimits?: Readonly<Record<string, { readonly soft: number; readonly hard: number }>>;
}

/** The keys of a compose service; undefined where nothing is asked for. */
export function composeOptions(options: EngineOptions): YamlMap {
  const { capabilities, devices, hosts, labels, sysctls, ulimits } = options;
  return {
    cap_add: capabilities?.map(literal),
    devices: devices?.map(({ host, container, permissions }) =>
      literal(`${host}:${container}:${permissions}`),
    ),
    extra_hosts: hosts && literals(hosts),
    labels: labels && literals(labels),
    sysctls: sysctls && literals(sysctls),
    ulimits: ulimits && { ...ulimits },
  };
}

function literals(texts: Readonly<Record<string, string>>): YamlMap {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literal(text)]));
}

/** The labels for Pulumi, which come after those that every container has. */
export function labelsOf({ labels }: EngineOptions): { readonly label: string; readonly value: string }[] {
  return labels ? Object.entries(labels).map(([label, value]) => ({ label, value })) : [];
}

/** The other options for Pulumi, without the capabilities, of which every container drops all others. */
export function pulumiOptions(
  options: EngineOptions,
): Pick<ContainerArgs, 'devices' | 'hosts' | 'sysctls' | 'ulimits'> {
  const { devices, hosts, sysctls, ulimits } = options;
  return {
    ...(devices && {
      devices: devices.map(({ host, container, permissions }) => ({
        hostPath: host,
        containerPath: container,
        permissions,
      })),
    }),
    ...(hosts && { hosts: Object.entries(hosts).map(([host, ip]) => ({ host, ip })) }),
    ...(sysctls && { sysctls: { ...sysctls } }),
    ...(ulimits && { ulimits: Object.entries(ulimits).map(([name, limit]) => ({ name, ...limit })) }),
  };
}
