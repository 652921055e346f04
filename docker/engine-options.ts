import type { ContainerArgs } from '@pulumi/docker';
import type { YamlMap } from '../constructs/target/yaml';
import { literal } from './compose/interpolation';
import { byteText } from './compose/parts';
import { megabytes } from './apply/engine-units';
import { securityOf } from './restrictions';

/** How a container asks for names that its networks do not have. */
export interface EngineDns {
  /** The addresses of the servers. @default those of the engine */
  readonly servers?: readonly string[];
  /** Options of the resolver, such as `ndots:2`. @default those of the engine */
  readonly options?: readonly string[];
  /** The search domains. @default those of the engine */
  readonly search?: readonly string[];
}

/** Where the logs of a container go. */
export interface EngineLogging {
  /** The log driver, such as `journald`. */
  readonly driver: string;
  /** The options of the driver. @default none */
  readonly options?: Readonly<Record<string, string>>;
}

/** Options of a container that the model has no field for. Only overrides set them, apart from the name of the host. */
export interface EngineOptions {
  /** Linux capabilities that the container gets, such as NET_BIND_SERVICE. @default none */
  readonly capabilities?: readonly string[];
  /** The control group that the container's own is in. @default that of the engine */
  readonly cgroupParent?: string;
  /** The processors that the container may use, such as `0-1`. @default all */
  readonly cpuSet?: string;
  /** Devices of the host. The permissions are any of r (read), w (write) and m (mknod). @default none */
  readonly devices?: readonly {
    readonly host: string;
    readonly container: string;
    readonly permissions: string;
  }[];
  /** DNS servers, options and search domains for names that the networks do not have. @default those of the engine */
  readonly dns?: EngineDns;
  /** Further groups of the user, by name or id. @default none */
  readonly groups?: readonly string[];
  /** The host name that the program sees as its own. @default the id of the container */
  readonly hostname?: string;
  /** Additional IP addresses by host name. @default only the names in the networks */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Labels for other programs that read them from the engine, beside those of the component. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** The log driver and its options. @default json-file, with three files of 10 MB */
  readonly logging?: EngineLogging;
  /** The runtime that starts the container, such as `nvidia`. @default that of the engine */
  readonly runtime?: string;
  /** Options of the security modules beside no-new-privileges, such as `seccomp=unconfined`. @default none */
  readonly security?: readonly string[];
  /** The size of /dev/shm in bytes, a multiple of 1 MiB. @default 64 MiB */
  readonly sharedMemory?: number;
  /** Kernel parameters of the container. @default those of the engine */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Limits of the processes by name, such as nofile. @default those of the engine */
  readonly ulimits?: Readonly<Record<string, { readonly soft: number; readonly hard: number }>>;
}

/** Logs of a limited size. */
const logging = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } };

/** The options as keys of a compose service. A key is undefined if its option is not set. */
export function composeOptions(options: EngineOptions): YamlMap & { readonly labels: YamlMap } {
  const { capabilities, devices, dns, hosts, labels, sysctls, ulimits } = options;
  const { driver, options: logOptions = {} } = options.logging ?? logging;
  return {
    cap_add: capabilities && capabilities.length > 0 ? capabilities.map(literal) : undefined,
    cgroup_parent: text(options.cgroupParent),
    cpuset: text(options.cpuSet),
    devices: devices?.map(({ host, container, permissions }) =>
      literal(`${host}:${container}:${permissions}`),
    ),
    dns: dns?.servers?.map(literal),
    dns_opt: dns?.options?.map(literal),
    dns_search: dns?.search?.map(literal),
    extra_hosts: hosts && literals(hosts),
    hostname: text(options.hostname),
    labels: labels ? literals(labels) : {},
    logging: {
      driver: literal(driver),
      ...(Object.keys(logOptions).length > 0 && { options: literals(logOptions) }),
    },
    runtime: text(options.runtime),
    ...(options.security && { security_opt: securityOf(options.security).map(literal) }),
    shm_size: options.sharedMemory === undefined ? undefined : byteText(options.sharedMemory),
    sysctls: sysctls && literals(sysctls),
    ulimits: ulimits && { ...ulimits },
  };
}

function text(option: string | undefined): string | undefined {
  return option === undefined ? undefined : literal(option);
}

/** Texts in which compose replaces no variables. */
export function literals(texts: Readonly<Record<string, string>>): YamlMap {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, literal(value)]));
}

/** Labels of the component and of an override, for Pulumi. */
export function labelsOf(
  own: Readonly<Record<string, string>>,
  { labels }: EngineOptions,
): { readonly label: string; readonly value: string }[] {
  return Object.entries({ ...own, ...labels }).map(([label, value]) => ({ label, value }));
}

/** The other options, for Pulumi. Those of capabilities and security are not included: `pulumiRestrictions` sets them. */
export function pulumiOptions(options: EngineOptions): Partial<ContainerArgs> {
  const { cgroupParent, cpuSet, devices, dns, hostname, hosts, runtime, sharedMemory } = options;
  const { sysctls, ulimits } = options;
  const { driver, options: logOptions = {} } = options.logging ?? logging;
  return {
    logDriver: driver,
    logOpts: { ...logOptions },
    ...(cgroupParent !== undefined && { cgroupParent }),
    ...(cpuSet !== undefined && { cpuSet }),
    ...(devices && {
      devices: devices.map(({ host, container, permissions }) => ({
        hostPath: host,
        containerPath: container,
        permissions,
      })),
    }),
    ...(dns?.servers && { dns: [...dns.servers] }),
    ...(dns?.options && { dnsOpts: [...dns.options] }),
    ...(dns?.search && { dnsSearches: [...dns.search] }),
    ...(hostname !== undefined && { hostname }),
    ...(hosts && { hosts: Object.entries(hosts).map(([host, ip]) => ({ host, ip })) }),
    ...(runtime !== undefined && { runtime }),
    ...(sharedMemory !== undefined && { shmSize: megabytes(sharedMemory) }),
    ...(sysctls && { sysctls: { ...sysctls } }),
    ...(ulimits && { ulimits: Object.entries(ulimits).map(([name, limit]) => ({ name, ...limit })) }),
  };
}
