import frame from './backup.sh';
import { shellQuote } from './shell';
import type { ImageModel } from '../../model/image';
import { Cpu, Duration, Size } from '../../model/units';
import type { User, Workload } from '../../model/workload';
import type { CronSource } from '../../values/schedule';
import { allocation, type Amount } from '../../values/sizing';

/** Where backups are kept: a volume of their own, which the database's does not take along. */
export interface BackupStore {
  readonly kind: 'volume';
  readonly size: Size;
}

/** When the data of a component are written to a file, and which files stay. */
export interface Backup {
  /** When, such as `Schedule.cron('0 2 * * *')`. */
  readonly schedule: CronSource;
  /** How many stay, the newest. @default 7 */
  readonly keep?: number;
  /** Where, such as `backupVolume(Size.gibibytes(10))`. */
  readonly to: BackupStore;
  /** @default 256 MiB */
  readonly memory?: Amount<Size>;
  /** Time until a backup is stopped, everything that it is tried again included. @default 1 hour */
  readonly timeout?: Duration;
}

/** Keeps backups in a volume of their own. @param size room for all that are kept, and one more */
export function backupVolume(size: Size): BackupStore {
  return { kind: 'volume', size };
}

/** How the data of one kind of component become a file, in the shell of an image that has the programs. */
export interface BackupRecipe {
  /** What a file's name ends with, without the dot. */
  readonly extension: string;
  /**
   * Functions of POSIX sh: `dump` writes a file, `verify` fails where one is not whole, `is_empty` fails where
   * there are data, `load` puts a file in their place.
   */
  readonly functions: string;
  /** Programs that the functions run, by file name, beside the script. */
  readonly programs: Readonly<Record<string, string>>;
  readonly image: ImageModel;
  readonly user: User;
  /** A folder that the image's user may write to: a new volume of Docker has its owner and mode. */
  readonly folder: string;
}

/** Where the script lies, which every backup runs: `backup`, `list`, or `restore <file|latest> [--overwrite]`. */
export const backupFolder = '/opt/catamaran';

/** The name of the workload that backs another up. */
export function backupName(name: string): string {
  return `${name}-backup`;
}

/** The workload that backs another up: with its password, and the permission to connect to it. */
export function backupWorkload(own: Workload, backup: Backup, recipe: BackupRecipe): Workload {
  const script = backupScript(recipe, backup.keep ?? 7);
  return {
    ...own,
    name: backupName(own.name),
    run: 'scheduled',
    schedule: {
      kind: 'cron',
      ...backup.schedule,
      startWithin: Duration.minutes(60),
      timeout: backup.timeout ?? Duration.minutes(60),
      retries: 3,
    },
    image: recipe.image,
    user: recipe.user,
    entrypoint: ['sh', `${backupFolder}/backup.sh`],
    arguments: ['backup'],
    variables: {},
    files: [{ path: backupFolder, files: { 'backup.sh': script, ...recipe.programs } }],
    volumes: [{ name: 'backups', path: recipe.folder, size: backup.to.size, ownership: 'image' }],
    scratch: own.scratch.filter(({ path }) => path !== recipe.folder),
    ports: [],
    cpu: { request: Cpu.millicores(50), limit: Cpu.cores(1) },
    memory: allocation(backup.memory ?? Size.mebibytes(256)),
    readiness: { kind: 'none' },
    liveness: { kind: 'none' },
    gate: { kind: 'none' },
    grace: Duration.seconds(20),
    after: [{ workload: own.name, until: 'ready' }],
    connections: own.ports.map(({ number: port }) => ({ kind: 'workload', workload: own.name, port })),
  };
}

// A file has its name only once it is whole. Names sort by time, in UTC. What a run that was killed has left goes a
// day later, as another may still be writing.
function backupScript({ extension, folder, functions }: BackupRecipe, keep: number): string {
  const settings = [`folder=${shellQuote(folder)}`, `extension=${shellQuote(extension)}`, `keep=${keep}`];
  const head = ['set -eu', 'umask 077', 'export LC_ALL=C HOME=/tmp', ...settings];
  return [...head, functions.trim(), '', frame].join('\n');
}
