import type { ContainerArgs } from '@pulumi/docker';
import type { YamlMap } from '../constructs/target/yaml';
import { literal } from './compose/interpolation';

/** Options of a container that the model has no field for. Only overrides set them, apart from the name of the host. */
export interface EngineOptions {
  /** Linux capabilities that the container gets, such as NET_BIND_SERVICE. @default none */
  readonly capabilities?: readonly string[];
  /** Devices of the host. The permissions are any of r (read), w (write) and m (mknod). @default none */
  readonly devices?: readonly {
    readonly host: string;
    readonly container: string;
    readonly permissions: string;
  }[];
  /** Additional IP addresses by host name. @default only the names in the networks */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Labels for other programs that read them from the engine. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kernel parameters of the container. @default those of the engine */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Limits of the processes by name, such as nofile. @default those of the engine */
  readonly ulimits?: Readonly<Record<string, { readonly soft: number; readonly hard: number }>>;
}

/** The options as keys of a compose service. A key is undefined if its option is not set. */
export function composeOptions(options: EngineOptions): YamlMap {
  const { capabilities, devices, hosts, labels, sysctls, ulimits } = options;
  return {
    cap_add: capabilities && capabilities.length > 0 ? capabilities.map(literal) : undefined,
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

/** The labels, for Pulumi. */
export function labelsOf({ labels }: EngineOptions): { readonly label: string; readonly value: string }[] {
  return labels ? Object.entries(labels).map(([label, value]) => ({ label, value })) : [];
}

/** The other options, for Pulumi. Capabilities are not included, because `pulumiRestrictions` sets them. */
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
