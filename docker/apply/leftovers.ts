import { setTimeout as pause } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { messageOf } from '../../constructs/issue';
import { runError } from '../../constructs/target/run-error';
import { deploymentLabel } from '../container';
import { reasonOf, type Runner } from '../../constructs/target/runner';
import { atHost } from './commands';

const kinds = ['container', 'volume', 'network'] as const;
type Kind = (typeof kinds)[number];
interface Leftover {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
}

/** The content of Pulumi's state: the ids of all resources, and whether the stack was deployed to Docker before. */
interface Recorded {
  readonly ids: ReadonlySet<string>;
  readonly deployed: boolean;
}

/**
 * Finds objects that an interrupted update created but did not record in Pulumi's state. They use names and ports that
 * the next update needs, and Pulumi would never remove them.
 * @param host the address of the engine; undefined for the default engine
 * @param then `remove` in an update and a destroy, which remove the objects first; `warn` in a preview and a refresh
 * @returns a function to call with the value of the label of this deployment
 */
export function leftovers(
  host: string | undefined,
  run: Runner,
  then: 'remove' | 'warn',
): (deployment: string) => Promise<void> {
  // This reads the state now, before Pulumi registers resources and adds them to the state.
  const recorded = recordedByStack();
  const engine = new Engine(host, run);
  return async (deployment) => {
    const { ids, deployed } = await recorded;
    if (!deployed) return;
    const all = await engine.labelled(deployment);
    const found = all.filter((one) => !ids.has(one.id) && !isReplaced(one, all, ids));
    if (found.length === 0) return;
    const names = found.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    if (then === 'warn') {
      await pulumi.log.warn(
        `An interrupted update left objects behind: ${names}. The next pulumi up removes them`,
      );
      return;
    }
    await pulumi.log.info(`An interrupted update left objects behind, which are now removed: ${names}`);
    await engine.remove(found);
  };
}

/**
 * Whether a newer container of the same replica is recorded in Pulumi's state. Then the older container is not a leftover:
 * if the release of the newer one failed, the older one still serves, and Pulumi removes it after the next release that
 * succeeds.
 */
function isReplaced(one: Leftover, all: readonly Leftover[], recorded: ReadonlySet<string>): boolean {
  if (one.kind !== 'container') return false;
  // Docker lists the newest containers first.
  const newer = all
    .slice(0, all.indexOf(one))
    .filter(({ kind, id }) => kind === 'container' && recorded.has(id));
  return newer.some(({ name }) => replicaOf(name) === replicaOf(one.name));
}

// Pulumi adds a random suffix to the name of a container that is created before the old one is removed.
function replicaOf(name: string): string {
  return name.replace(/-[0-9a-f]{7}$/, '');
}

async function recordedByStack(): Promise<Recorded> {
  const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join('/');
  const { outputs = {} } = await outputsOf(stackName);
  const resources = Object.values(outputs);
  return {
    ids: new Set(resources.flatMap((resource) => resource.outputs.id ?? [])),
    deployed: resources.some(({ type }) => type === 'pulumi:providers:docker'),
  };
}

/** The resources in the state of a stack. */
interface Outputs {
  readonly outputs?: Readonly<
    Record<string, { readonly type: string; readonly outputs: { readonly id?: string } }>
  >;
}

/** Reads the resources of a stack from Pulumi's state, as a StackReference does. */
async function outputsOf(stackName: string): Promise<Outputs> {
  for (let failures = 1; ; failures += 1) {
    try {
      return (await pulumi.runtime.invoke('pulumi:pulumi:readStackResourceOutputs', {
        stackName,
      })) as Outputs;
    } catch (error) {
      // Reading fails while Pulumi writes the file of a local state.
      if (failures === 20)
        throw runError(`The state of Pulumi stack ${stackName} cannot be read: ${messageOf(error)}`);
      await pause(100);
    }
  }
}

/** Calls an engine through Docker's command line, which supports every kind of connection. */
class Engine {
  constructor(
    private readonly host: string | undefined,
    private readonly run: Runner,
  ) {}

  /** All objects with the label of a deployment. Their ids have the same form as in Pulumi's state. */
  async labelled(deployment: string): Promise<Leftover[]> {
    const filter = `label=${deploymentLabel}=${deployment}`;
    const lists = kinds.map(async (kind) => {
      const named = await this.docker(kind, 'ls', ...listing[kind], '--filter', filter);
      return [...named.matchAll(/^(\S+) (\S+)$/gm)].map(([, id = '', name = '']) => ({ kind, id, name }));
    });
    return (await allEnded(lists)).flat();
  }

  async remove(found: readonly Leftover[]): Promise<void> {
    const of = (wanted: Kind) => found.flatMap(({ kind, id }) => (kind === wanted ? [id] : []));
    const containers = found.filter(({ kind }) => kind === 'container');
    await allEnded(containers.map((one) => this.removeContainer(one)));
    // A container that this update will replace may still use a volume or network. The next update removes these.
    for (const kind of ['volume', 'network'] as const) {
      const unused = await this.docker(kind, 'ls', ...listing[kind], '--filter', 'dangling=true');
      const ids = of(kind).filter((id) => unused.includes(`${id} `));
      if (ids.length > 0) await this.docker(kind, 'rm', ...ids);
    }
  }

  private async removeContainer({ id, name }: Leftover): Promise<void> {
    await this.untilSettled(id, name);
    await this.docker('container', 'stop', id);
    await this.docker('container', 'rm', '--force', '--volumes', id);
  }

  /**
   * Waits until a service has started or a job has ended. Stopping a database while it creates its files, or a migration
   * while it runs, could leave broken data.
   */
  private async untilSettled(id: string, name: string): Promise<void> {
    for (let isReported = false; ;) {
      const [status, restarts, policy, health] = (
        await this.docker('container', 'inspect', '--format', states, id)
      )
        .trim()
        .split(' ');
      const starts = health === 'starting' && restarts === '0';
      const runsToEnd = policy === 'no';
      if (status !== 'running' || (!starts && !runsToEnd)) return;
      if (!isReported)
        await pulumi.log.info(`Waiting until container ${name} ${runsToEnd ? 'has ended' : 'has started'}`);
      isReported = true;
      await pause(500);
    }
  }

  private async docker(...args: readonly string[]): Promise<string> {
    const all = [...atHost(this.host), ...args];
    const finished = await this.run('docker', all);
    if (finished.code === 0) return finished.stdout;
    throw runError(
      `Leftovers of an interrupted update cannot be found or removed: docker ${all.join(' ')} failed: ${reasonOf('docker', finished)}`,
    );
  }
}

/** Waits for all promises, even if one rejects, so that no command still runs when the program ends. */
async function allEnded<Result>(running: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

/** The format of `docker inspect`: status, number of restarts, restart policy, and health if there is a check. */
const states =
  '{{.State.Status}} {{.RestartCount}} {{.HostConfig.RestartPolicy.Name}} {{if .State.Health}}{{.State.Health.Status}}{{end}}';

/** The options of `docker <kind> ls` that print the id in Pulumi's state and the name. */
const listing: Readonly<Record<Kind, readonly string[]>> = {
  container: ['--all', '--no-trunc', '--format', '{{.ID}} {{.Names}}'],
  network: ['--no-trunc', '--format', '{{.ID}} {{.Name}}'],
  volume: ['--format', '{{.Name}} {{.Name}}'],
};
