import { readdir, readFile } from 'node:fs/promises';
import { componentOf, type Container } from './engine';
import { kubectl, podComponent, type Pod } from './cluster';
import { seen, type Values } from '../../support/leaks';
import { attempt, pause } from './run';

/** Looks at the command lines and environments of all processes of this machine, again and again. */
export class ProcessWatch {
  private readonly found = new Set<string>();
  private readonly owners = new Map<string, string>();
  /** The command lines that were looked at, by process: its environment stays until it has another. */
  private known = new Map<string, string>();
  private looking: Promise<void> | undefined;
  private over = false;

  constructor(private readonly values: Values) {}

  start(): void {
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.looking;
  }

  /** Where values were seen so far: `environment of backend: API_KEY`, `command line of curl: API_KEY`. */
  get findings(): string[] {
    return [...this.found].sort();
  }

  private async look(): Promise<void> {
    while (!this.over) {
      const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
      const now = new Map<string, string>();
      for (const id of ids) now.set(id, await this.lookAt(id));
      this.known = now;
      await pause(400);
    }
  }

  private async lookAt(id: string): Promise<string> {
    const command = await textOf(id, 'cmdline');
    if (command === this.known.get(id)) return command;
    // First whose it is, then what it has: one that ends in between has nothing, instead of being nobody's.
    const owner = await identityOf(id);
    const texts = { 'command line': await textOf(id, 'cmdline'), environment: await textOf(id, 'environ') };
    for (const [what, text] of Object.entries(texts)) {
      if (seen([['', text]], this.values).length === 0) continue;
      const where = `${what} of ${await this.ownerOf(owner)}`;
      for (const finding of seen([[where, text]], this.values)) this.found.add(finding);
    }
    return command;
  }

  /** The component whose container or pod a process is in; else its program. */
  private async ownerOf({ groups, program }: Identity): Promise<string> {
    const place =
      /pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})/.exec(groups)?.[1] ??
      /docker[-/]([0-9a-f]{64})/.exec(groups)?.[1];
    if (place === undefined) return program;
    const known = this.owners.get(place) ?? (await (place.length === 64 ? ofContainer(place) : ofPod(place)));
    if (known !== undefined) this.owners.set(place, known);
    return known ?? `${program} in ${place}`;
  }
}

/** What tells whose a process is. */
interface Identity {
  readonly groups: string;
  readonly program: string;
}

async function identityOf(id: string): Promise<Identity> {
  return { groups: await textOf(id, 'cgroup'), program: (await textOf(id, 'comm')).trim() };
}

// A process may be gone when it is looked at.
function textOf(id: string, file: string): Promise<string> {
  return readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
}

async function ofContainer(id: string): Promise<string | undefined> {
  const { code, stdout } = await attempt('docker', ['inspect', id]);
  if (code !== 0) return undefined;
  const [container] = JSON.parse(stdout) as Container[];
  return container && componentOf(container);
}

async function ofPod(uid: string): Promise<string | undefined> {
  const { items } = JSON.parse(await kubectl(['get', 'pods', '--all-namespaces', '--output=json'])) as {
    items: Pod[];
  };
  const found = items.find(({ metadata }) => metadata.uid === uid.replaceAll('_', '-'));
  return found && podComponent(found);
}
