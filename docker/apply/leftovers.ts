import { setTimeout as pause } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { messageOf } from '../../constructs/issue';
import { runError } from '../../constructs/target/run-error';
import { deploymentLabel } from '../container';
import type { Runner } from '../../constructs/target/runner';
import { atHost } from './commands';

const kinds = ['container', 'volume', 'network'] as const;
type Kind = (typeof kinds)[number];
interface Leftover {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
}

/** What the state of this stack records: the identities of resources, and whether any is on a Docker engine. */
interface Recorded {
  readonly ids: ReadonlySet<string>;
  readonly deployed: boolean;
}

/**
 * Finds what an update made that was killed before it was recorded: it has names, ports and data that the next
 * one needs, and nobody knows of it.
 * @param host the engine's address; the default one where it is undefined
 * @param then what is done with it: an update and a destroy remove it before anything else; what changes nothing tells
 * of it
 * @returns to be called with what the label of everything of this deployment says
 */
export function leftovers(
  host: string | undefined,
  run: Runner,
  then: 'remove' | 'tell',
): (deployment: string) => Promise<void> {
  // Before anything is registered, and so recorded.
  const recorded = recordedByStack();
  const engine = new Engine(host, run);
  return async (deployment) => {
    const { ids, deployed } = await recorded;
    if (!deployed) return;
    const all = await engine.labelled(deployment);
    const found = all.filter((one) => !ids.has(one.id) && !isReplaced(one, all, ids));
    if (found.length === 0) return;
    const names = found.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    const told = `an update that was interrupted left behind ${names}`;
    if (then === 'tell') {
      await pulumi.log.warn(`${told}: pulumi up removes it`);
      return;
    }
    await pulumi.log.info(`${told}: removed`);
    await engine.remove(found);
  };
}

/**
 * Whether a container is older than one in its place that is recorded. What is recorded leaves out those before it,
 * which serve on where that one failed, and which Pulumi removes once another is there.
 */
function isReplaced(one: Leftover, all: readonly Leftover[], recorded: ReadonlySet<string>): boolean {
  if (one.kind !== 'container') return false;
  // An engine lists the newest first.
  const newer = all
    .slice(0, all.indexOf(one))
    .filter(({ kind, id }) => kind === 'container' && recorded.has(id));
  return newer.some(({ name }) => placeOf(name) === placeOf(one.name));
}

// Pulumi makes a name that is new for each of those that are made before the one that they replace is gone.
function placeOf(name: string): string {
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

/** What a stack's state says of its resources. */
interface Outputs {
  readonly outputs?: Readonly<
    Record<string, { readonly type: string; readonly outputs: { readonly id?: string } }>
  >;
}

/** Asks for the resources of a stack, as a reference to another stack does. */
async function outputsOf(stackName: string): Promise<Outputs> {
  for (let failures = 1; ; failures += 1) {
    try {
      return (await pulumi.runtime.invoke('pulumi:pulumi:readStackResourceOutputs', {
        stackName,
      })) as Outputs;
    } catch (error) {
      // A state that is a file cannot be read at the moment at which Pulumi writes it, as it does meanwhile.
      if (failures === 20) throw runError(`the state of ${stackName} cannot be read: ${messageOf(error)}`);
      await pause(100);
    }
  }
}

/** Asks an engine through Docker's command line, which knows every way to reach one. */
class Engine {
  constructor(
    private readonly host: string | undefined,
    private readonly run: Runner,
  ) {}

  /** Everything with the label of a deployment, by what identifies it to Pulumi. */
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
    // What one before it left may still be in use, by a container that this update replaces.
    for (const kind of ['volume', 'network'] as const) {
      const unused = await this.docker(kind, 'ls', ...listing[kind], '--filter', 'dangling=true');
      const ids = of(kind).filter((id) => unused.includes(`${id} `));
      if (ids.length > 0) await this.docker(kind, 'rm', ...ids);
    }
  }

  private async removeContainer({ id, name }: Leftover): Promise<void> {
    await this.settled(id, name);
    await this.docker('container', 'stop', id);
    await this.docker('container', 'rm', '--force', '--volumes', id);
  }

  /**
   * Waits until a container has started, or what runs to completion has ended: a database that is stopped while
   * it makes its files, or a migration halfway, would leave data that nobody can use.
   */
  private async settled(id: string, name: string): Promise<void> {
    for (let told = false; ;) {
      const [status, restarts, policy, health] = (
        await this.docker('container', 'inspect', '--format', states, id)
      )
        .trim()
        .split(' ');
      const starts = health === 'starting' && restarts === '0';
      const runsToEnd = policy === 'no';
      if (status !== 'running' || (!starts && !runsToEnd)) return;
      if (!told)
        await pulumi.log.info(`waits until container ${name} ${runsToEnd ? 'has ended' : 'has started'}`);
      told = true;
      await pause(500);
    }
  }

  private async docker(...args: readonly string[]): Promise<string> {
    const all = [...atHost(this.host), ...args];
    const { code, stdout, stderr } = await this.run('docker', all);
    if (code === 0) return stdout;
    throw runError(
      `docker ${all.join(' ')}: ${stderr.trim()}; it is asked for what an update that was interrupted left behind`,
    );
  }
}

/** All results, once the last is there: after a failure, no question to the engine runs on by itself. */
async function allEnded<Result>(running: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

/** The state of a container, how often it was restarted, whether it is to be, and its health where it has any. */
const states =
  '{{.State.Status}} {{.RestartCount}} {{.HostConfig.RestartPolicy.Name}} {{if .State.Health}}{{.State.Health.Status}}{{end}}';

/** How to list each kind, as what identifies it to Pulumi and its name. */
const listing: Readonly<Record<Kind, readonly string[]>> = {
  container: ['--all', '--no-trunc', '--format', '{{.ID}} {{.Names}}'],
  network: ['--no-trunc', '--format', '{{.ID}} {{.Name}}'],
  volume: ['--format', '{{.Name}} {{.Name}}'],
};
