import { attempt, run } from './run';

/** What an engine says of a container, as far as tests ask. */
export interface Container {
  readonly Id: string;
  /** The id of its image. */
  readonly Image: string;
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    /** Its first process; 0 where it does not run. */
    readonly Pid: number;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: { readonly Status: string };
  };
  readonly RestartCount: number;
  readonly Config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
    readonly Healthcheck?: { readonly Test: readonly string[] };
  };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly Privileged: boolean;
    readonly CapAdd: readonly string[] | null;
    readonly CapDrop: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly Memory: number;
    readonly NanoCpus: number;
    readonly PidsLimit: number | null;
    readonly Ulimits: readonly unknown[] | null;
    readonly CgroupParent: string;
    readonly Devices: readonly { readonly PathOnHost: string }[] | null;
    readonly NetworkMode: string;
    readonly PidMode: string;
    readonly IpcMode: string;
    readonly UTSMode: string;
    readonly UsernsMode: string;
    readonly CgroupnsMode: string;
    readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
    readonly PublishAllPorts: boolean;
    readonly PortBindings: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>
    > | null;
  };
  readonly AppArmorProfile: string;
  readonly Mounts: readonly {
    readonly Type: string;
    readonly Name?: string;
    readonly Source?: string;
    readonly Propagation?: string;
  }[];
  readonly NetworkSettings: {
    readonly Networks: Readonly<
      Record<string, { readonly IPAddress: string; readonly IPAMConfig: unknown; readonly Gateway: string }>
    >;
  };
}

/** Runs the Docker command line. */
export function docker(...args: readonly string[]): Promise<string> {
  return run('docker', args);
}

/** Everything on the engine that has the name of a project in front of its own. */
export async function namesOf(project: string, kind: 'container' | 'network' | 'volume'): Promise<string[]> {
  const format = kind === 'container' ? '{{.Names}}' : '{{.Name}}';
  const listed = await docker(kind, 'ls', ...(kind === 'container' ? ['--all'] : []), '--format', format);
  return listed
    .split('\n')
    .filter((name) => name.startsWith(`${project}-`) || name.startsWith(`${project}_`))
    .sort();
}

/** The containers of a project, those that ended included. */
export async function containersOf(project: string): Promise<Container[]> {
  const names = await namesOf(project, 'container');
  return names.length === 0 ? [] : (JSON.parse(await docker('inspect', ...names)) as Container[]);
}

/** The component that a container belongs to, whoever made it. */
export function componentOf({ Config: { Labels }, Name }: Container): string {
  return Labels['com.docker.compose.service'] ?? Labels['catamaran.workload'] ?? Name;
}

/** The containers of one component. */
export async function containersOfComponent(project: string, component: string): Promise<Container[]> {
  return (await containersOf(project)).filter((container) => componentOf(container) === component);
}

/** The first container of a component. */
export async function containerOf(project: string, component: string): Promise<Container> {
  const [first] = await containersOfComponent(project, component);
  if (!first) throw new Error(`${project} has no container of ${component}`);
  return first;
}

/** The containers that are there, by component: their ids. */
export async function idsByComponent(project: string): Promise<Record<string, string[]>> {
  const ids: Record<string, string[]> = {};
  for (const container of await containersOf(project))
    (ids[componentOf(container)] ??= []).push(container.Id);
  return ids;
}

/** The volumes that the engine made for the images of containers, as nothing else is mounted there. */
export function anonymousVolumes(containers: readonly Container[]): string[] {
  const names = containers.flatMap(({ Mounts }) => Mounts.flatMap(({ Name }) => Name ?? []));
  return names.filter((name) => /^[0-9a-f]{64}$/.test(name));
}

/** Those of some volumes that are there. */
export async function stillThere(volumes: readonly string[]): Promise<string[]> {
  const all = (await docker('volume', 'ls', '--quiet')).split('\n');
  return volumes.filter((name) => all.includes(name));
}

/** The addresses of a component among some containers, in every network. */
export function addressesOf(all: readonly Container[], component: string): string[] {
  return all
    .filter((container) => componentOf(container) === component)
    .flatMap(({ NetworkSettings }) => Object.values(NetworkSettings.Networks))
    .flatMap(({ IPAddress }) => (IPAddress === '' ? [] : [IPAddress]));
}

/** Removes everything of a project, its data included, whatever made it and however far it came. */
export async function sweep(project: string): Promise<void> {
  for (const kind of ['container', 'network', 'volume'] as const) {
    const names = await namesOf(project, kind);
    const force = kind === 'network' ? [] : ['--force'];
    const volumes = kind === 'container' ? ['--volumes'] : [];
    if (names.length > 0) await docker(kind, 'rm', ...force, ...volumes, ...names);
  }
}

/** The images on the engine, to remove those that tests add. */
export async function images(): Promise<string[]> {
  const listed = await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}');
  return listed.trim().split('\n');
}

/** Removes the images that were not there before. */
export async function removeNewImages(before: readonly string[]): Promise<void> {
  const added = (await images()).filter((name) => !before.includes(name) && !name.includes('<none>'));
  if (added.length > 0) await attempt('docker', ['image', 'rm', ...added]);
}
