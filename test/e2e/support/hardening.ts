import type { Container } from './engine';

/** One rule of section 5 of the CIS Docker Benchmark: what is found where it is broken. */
type Rule = (container: Container) => readonly string[];

const found = (broken: boolean, finding: string): string[] => (broken ? [finding] : []);

/** The capabilities that a container has beyond none at all. */
const capabilities: Rule = ({ HostConfig: { CapDrop, CapAdd } }) => [
  ...found(!(CapDrop ?? []).includes('ALL'), 'keeps the capabilities of the engine'),
  ...(CapAdd ?? []).map((name) => `adds the capability ${name.replace(/^CAP_/, '')}`),
];

const namespaces: Rule = ({ HostConfig }) => [
  ...found(HostConfig.NetworkMode === 'host', 'is in the network namespace of the host'),
  ...found(HostConfig.PidMode === 'host', 'is in the process namespace of the host'),
  ...found(!['private', 'none'].includes(HostConfig.IpcMode), 'shares its IPC namespace'),
  ...found(HostConfig.UTSMode === 'host', 'is in the UTS namespace of the host'),
  ...found(HostConfig.UsernsMode === 'host', 'is in the user namespace of the host'),
  ...found(HostConfig.CgroupnsMode !== 'private', 'is in the cgroup namespace of the host'),
];

/** Folders of a host through which it can be taken over, or its engine. */
const sensitive = [
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/proc',
  '/sys',
  '/usr',
  '/run',
  '/var/run',
  '/var/lib/docker',
];

const mounts: Rule = ({ Mounts }) =>
  Mounts.flatMap(({ Type, Source = '', Propagation = '' }) => [
    ...found(
      Type === 'bind' &&
        (Source === '/' || sensitive.some((path) => Source === path || Source.startsWith(`${path}/`))),
      `mounts ${Source} of the host`,
    ),
    ...found(Source.endsWith('docker.sock'), 'mounts the socket of the engine'),
    ...found(Propagation.includes('shared'), `shares what is mounted in ${Source}`),
  ]);

const limits: Rule = ({ HostConfig }) => [
  ...found(HostConfig.Memory <= 0, 'has no limit of memory'),
  ...found(HostConfig.NanoCpus <= 0, 'has no limit of processors'),
  ...found((HostConfig.PidsLimit ?? 0) <= 0, noLimitOfProcesses),
  ...found((HostConfig.Ulimits ?? []).length > 0, 'has other limits of its user than the engine sets'),
  ...found(HostConfig.CgroupParent !== '', 'is in a cgroup of another'),
];

const profiles: Rule = ({ AppArmorProfile, HostConfig: { SecurityOpt, Privileged } }) => {
  const options = (SecurityOpt ?? []).map((option) => option.replace(':', '='));
  return [
    ...found(Privileged, 'is privileged'),
    ...found(!options.some((option) => /^no-new-privileges(=true)?$/.test(option)), 'may get new privileges'),
    ...options
      .filter((option) => /^(seccomp|apparmor)=unconfined$|^label=disable$|^systempaths=/.test(option))
      .map((option) => `is run with ${option}`),
    ...found(AppArmorProfile === 'unconfined', 'is not confined by AppArmor'),
  ];
};

const files: Rule = ({ Config: { User }, HostConfig: { ReadonlyRootfs, Devices } }) => [
  ...found(/^(0|root)?(:|$)/.test(User), 'is root'),
  ...found(!ReadonlyRootfs, 'can write to its root'),
  ...(Devices ?? []).map(({ PathOnHost }) => `has the device ${PathOnHost}`),
];

// One that has ended, or never began, has nothing to be asked.
const health: Rule = ({ Config, State }) =>
  found(State.Status === 'running' && (Config.Healthcheck?.Test.length ?? 0) === 0, 'has no health check');

const restarts: Rule = ({ HostConfig: { RestartPolicy } }) =>
  found(
    RestartPolicy.Name === 'always' || RestartPolicy.MaximumRetryCount > 5,
    'is started again whatever happens',
  );

const network: Rule = ({ HostConfig, NetworkSettings }) => [
  ...found('bridge' in NetworkSettings.Networks, 'is in the default network of the engine'),
  ...found(HostConfig.PublishAllPorts, 'publishes every port of its image'),
  ...Object.values(HostConfig.PortBindings ?? {})
    .flat()
    .filter(({ HostIp }) => ['', '0.0.0.0', '::'].includes(HostIp))
    .map(({ HostPort }) => everywhere(Number(HostPort))),
];

const rules: readonly Rule[] = [
  ...[files, capabilities, profiles, namespaces, mounts, limits, health, restarts, network],
];

/** What is found where nothing limits the processes of a container. */
export const noLimitOfProcesses = 'has no limit of processes';

/** What is found where a port of the host leads to a container, at every address of the host. */
export function everywhere(port: number): string {
  return `is published at every address of the host, port ${port}`;
}

/**
 * What section 5 of the CIS Docker Benchmark finds in a container, as `docker inspect` tells of it. Ports of the
 * host that are published on purpose are findings as well: the model says which are.
 */
export function cisFindings(container: Container): string[] {
  return rules.flatMap((rule) => rule(container));
}
