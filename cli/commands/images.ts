import { compile } from '../../constructs/compile/compile';
import { targetFor } from '../../constructs/pipeline/plan';
import type { Runner } from '../../constructs/target/runner';
import { IssuesError } from '../../constructs/issue';
import { isPinned } from '../../constructs/model/image';
import { usedImages, lockFile, type Pin, type Pins } from '../../constructs/compile/pins';
import { type CommandContext, defineCommand, onlyWith } from '../command';
import { application, environment, registryMirror } from '../command-words';
import { forEachApplication, select } from '../project/select';
import { readPins, writePins } from '../project/lock';
import { resolve } from '../project/registry/client';
import { askingOnce } from '../project/registry/credentials';
import { checkMirror } from '../project/registry/mirror';
import { green, grey, yellow } from '../style';
import { componentPath } from '../../constructs/model/path';
import { distinctByName } from '../../constructs/model/sorted';

/** An image, and one of the workloads that use it. */
interface Use {
  readonly name: string;
  readonly origin: 'built' | 'pulled';
  /** The path of the workload, as application/workload. */
  readonly workload: string;
  readonly environmentName: string;
}

/**
 * Lists the images of applications. `--pin` writes the digests of pulled images into the lock file. An image that has a
 * digest there keeps it, unless `--update` is set. The digest of a built image is written by `build --push`.
 * @throws IssuesError with every image whose digest a registry does not return; then nothing is written
 */
export const images = defineCommand({
  name: 'images',
  summary: 'List the images of applications, who uses them, and their digests',
  arguments: { application },
  options: {
    environment,
    pin: {
      summary: `ask the registries for the digests of pulled images that have none in ${lockFile} yet, and write them there`,
    },
    update: { summary: 'with --pin: ask for the digests of all pulled images again' },
    registryMirror,
  },
  examples: ['catamaran images', 'catamaran images --pin', 'catamaran images shop --pin --update'],
  misuse({ pin, update, registryMirror }) {
    if (pin) return undefined;
    if (update) return onlyWith('--update', '--pin');
    return registryMirror === undefined ? undefined : onlyWith('--registry-mirror', '--pin');
  },
  writes: ({ pin }) => pin,
  async run(input, context) {
    const { project, run } = context;
    checkMirror('catamaran images', input.registryMirror);
    const uses = usesOf(context, input);
    const before = readPins(project);
    const pins = input.pin ? await pinned(uses, before, input, askingOnce(run)) : before;
    if (input.pin) writePins(project, pins);
    for (const line of lines(uses, pins)) console.log(line);
    if (input.pin) console.log(`${changed(before, pins)} of ${pins.size} pins changed in ${lockFile}`);
  },
});

/** The applications and environments to list; undefined stands for all. */
interface Scope {
  readonly application: string | undefined;
  readonly environment: string | undefined;
}

/** The options of `--pin`. */
interface Pinning extends Scope {
  readonly update: boolean;
  readonly registryMirror: string | undefined;
}

function usesOf({ project, targets }: CommandContext, { application, environment }: Scope): Use[] {
  return forEachApplication(select(project, { application, environment }), (one) =>
    usedImages(compile(one, targetFor(one, targets))).map(({ name, image, workload }): Use => ({
      name,
      origin: image.kind === 'build' ? 'built' : 'pulled',
      workload: componentPath(one.name, workload),
      environmentName: one.environment.name,
    })),
  ).flat();
}

async function pinned(uses: readonly Use[], before: Pins, options: Pinning, run: Runner): Promise<Pins> {
  const { application, environment, update, registryMirror } = options;
  const everything = application === undefined && environment === undefined;
  const used = new Set(uses.map(({ name }) => name));
  const kept = [...before].filter(([name]) => used.has(name) || !everything);
  const pulled = uses.flatMap(({ name, origin }) => (origin === 'pulled' && !isPinned(name) ? [name] : []));
  const asked = [...new Set(pulled)].filter((name) => update || !before.has(name));
  return new Map([...kept, ...(await resolveAll(asked, registryMirror, run))]);
}

async function resolveAll(
  names: readonly string[],
  mirror: string | undefined,
  run: Runner,
): Promise<[string, Pin][]> {
  const answers = await Promise.allSettled(
    names.map(async (name): Promise<[string, Pin]> => [name, await resolve(name, run, mirror)]),
  );
  const refusals = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason as unknown] : [],
  );
  const issues = refusals.flatMap((reason) => {
    if (reason instanceof IssuesError) return reason.issues;
    throw reason;
  });
  if (issues.length > 0) throw new IssuesError(issues);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
}

function lines(uses: readonly Use[], pins: Pins): string[] {
  const width = Math.max(...uses.map(({ name }) => name.length));
  return distinctByName(uses).map(({ name, origin }) => {
    const users = uses.filter((use) => use.name === name);
    return `${name.padEnd(width)}  ${origin.padEnd(6)}  ${state(name, pins)}  ${grey(usersText(users))}`;
  });
}

function state(name: string, pins: Pins): string {
  if (isPinned(name)) return green('by digest'.padEnd(71));
  const pin = pins.get(name);
  return pin ? green(pin.digest) : yellow('not pinned'.padEnd(71));
}

function usersText(users: readonly Use[]): string {
  const workloads = [...new Set(users.map(({ workload }) => workload))];
  return workloads
    .map((workload) => {
      const where = users
        .filter((use) => use.workload === workload)
        .map(({ environmentName }) => environmentName);
      return `${workload} (${where.join(', ')})`;
    })
    .join(', ');
}

function changed(before: Pins, after: Pins): number {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name)?.digest !== after.get(name)?.digest).length;
}
