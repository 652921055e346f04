import { join } from 'node:path';
import { environmentPath } from '../constructs/model/path';
import type { Target } from '../constructs/target/target';
import { effects, worstFirst, type Files, type Update } from '../constructs/target/update';
import { withSlashes } from './project/files';
import { environmentFolder, type OutputFiles } from './project/output';
import { yellow } from './style';

/** An update of an environment. */
export interface PlacedUpdate extends Update {
  /** The environment, such as `shop (dev)`. */
  readonly path: string;
}

/** The files to compare. Paths start with the folder of an environment, as application/environment. */
export interface Versions {
  /** The files of the last update. */
  readonly before: OutputFiles;
  readonly after: OutputFiles;
  /** The folders to compare; undefined for all. */
  readonly scope: readonly string[] | undefined;
  /** The output folder, as a user writes it. */
  readonly out: string;
}

/**
 * What updates need besides the new files, the worst first. All targets are asked: an environment may have moved from one to
 * another. A folder that is gone is compared with a new one of the same application or environment, as its name may have changed.
 */
export function updatesOf(
  { before, after, scope, out }: Versions,
  targets: readonly Target[],
): PlacedUpdate[] {
  const [old, now] = [byFolder(before), byFolder(after)];
  const fresh = [...now.keys()].filter((folder) => !old.has(folder));
  const folders = [...old.keys()].sort().filter((folder) => scope?.includes(folder) ?? true);
  return worstFirst(
    folders.flatMap((folder) => {
      const heir = now.has(folder) ? folder : fresh.find((other) => isRenamed(folder, other));
      const files = now.get(heir ?? folder) ?? {};
      const path = pathOf(folder) + (heir === undefined || heir === folder ? '' : `, now ${pathOf(heir)}`);
      return targets.flatMap((target) =>
        target
          .updates(old.get(folder) ?? {}, files, withSlashes(join(out, heir ?? folder)))
          .map((update): PlacedUpdate => ({ path, ...update })),
      );
    }),
  );
}

function isRenamed(folder: string, other: string): boolean {
  const [old, now] = [folder.split('/'), other.split('/')];
  return old[0] === now[0] || old[1] === now[1];
}

function pathOf(folder: string): string {
  const [application = '', environment = ''] = folder.split('/');
  return environmentPath(application, environment);
}

function byFolder(files: OutputFiles): ReadonlyMap<string, Files> {
  const folders = new Map<string, Record<string, string>>();
  for (const [name, text] of files) {
    const folder = environmentFolder(name);
    const own = folders.get(folder) ?? {};
    own[name.slice(folder.length + 1)] = text;
    folders.set(folder, own);
  }
  return folders;
}

/** The lines to print for updates, by effect; none without updates. */
export function updateLines(updates: readonly PlacedUpdate[]): string[] {
  if (updates.length === 0) return [];
  const groups = Object.entries(effects).flatMap(([effect, title]) => {
    const own = updates.filter((update) => update.effect === effect);
    return own.length === 0 ? [] : ['', yellow(`${title}:`), ...own.flatMap(linesOf)];
  });
  return [
    'Before you update (the new files are compared with the committed ones, else with those on the disk):',
    ...groups,
    '',
  ];
}

function linesOf({ path, object, reason, steps }: PlacedUpdate): string[] {
  return [`  ${path}: ${object}`, `    ${reason}`, ...steps.map((step) => `      ${step}`)];
}
