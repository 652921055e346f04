import frame from './backup.sh';
import { shellQuote } from '../../model/program';
import { noCheck } from '../../model/health';
import type { ImageModel } from '../../model/image';
import { Cpu, Duration, Size } from '../../model/units';
import type { User, Workload } from '../../model/workload';
import type { Backup } from '../../values/backup';
import { allocation } from '../../values/sizing';

/** How to back up and restore one kind of component: shell functions, and an image with the programs that they run. */
export interface BackupRecipe {
  /** The extension of the backup files, without the dot. */
  readonly extension: string;
  /**
   * Functions of POSIX sh. `dump` writes a file; `verify` fails if a file is not complete; `is_empty` fails if the
   * component has data; `load` replaces the data with that of a file.
   */
  readonly functions: string;
  /** The content of more programs that the functions run, by file name. They are in the folder of the script. */
  readonly programs: Readonly<Record<string, string>>;
  /** The image with the programs, and the user that it runs as. */
  readonly image: ImageModel;
  readonly user: User;
  /**
   * The folder for the backups. `user` must own it in the image, because Docker copies owner and mode to a new volume.
   */
  readonly folder: string;
}

/** The folder of the backup script; its commands are `backup`, `list` and `restore <file|latest> [--overwrite]`. */
export const backupFolder = '/opt/catamaran';

/** The program that every backup runs. */
export const backupProgram: readonly string[] = ['sh', `${backupFolder}/backup.sh`];

/** The name of the workload that backs up another one. */
export function backupName(name: string): string {
  return `${name}-backup`;
}

/** The workload that backs up a service. It has the password of the service and may connect to it. */
export function backupWorkload(service: Workload, backup: Backup, recipe: BackupRecipe): Workload {
  const script = backupScript(recipe, backup.keep ?? 7);
  return {
    ...service,
    name: backupName(service.name),
    run: 'scheduled',
    schedule: {
      kind: 'cron',
      ...backup.schedule,
      startWithin: Duration.minutes(60),
      timeout: backup.timeout ?? Duration.minutes(60),
      retries: 3,
    },
    image: recipe.image,
    shell: { kind: 'own' },
    user: recipe.user,
    entrypoint: backupProgram,
    arguments: ['backup'],
    variables: {},
    files: [{ path: backupFolder, files: { 'backup.sh': script, ...recipe.programs } }],
    volumes: [{ name: 'backups', path: recipe.folder, size: backup.to.size, ownership: 'image' }],
    scratch: service.scratch.filter(({ path }) => path !== recipe.folder),
    ports: [],
    authentication: { kind: 'own' },
    ownName: 'service',
    cpu: { request: Cpu.millicores(50), limit: Cpu.cores(1) },
    memory: allocation(backup.memory ?? Size.mebibytes(256)),
    readiness: noCheck,
    liveness: noCheck,
    gate: { kind: 'none' },
    grace: Duration.seconds(20),
    after: [{ workload: service.name, until: 'ready' }],
    connections: service.ports.map(({ number: port, protocol }) => ({
      kind: 'workload',
      workload: service.name,
      port,
      protocol,
    })),
  };
}

// A backup gets its final name when it is complete. The names sort by time, in UTC. The partial file of a killed run is
// deleted after a day, because until then another run may still write to it.
function backupScript({ extension, folder, functions }: BackupRecipe, keep: number): string {
  const settings = [`folder=${shellQuote(folder)}`, `extension=${shellQuote(extension)}`, `keep=${keep}`];
  const head = ['set -eu', 'umask 077', 'export LC_ALL=C HOME=/tmp', ...settings];
  return [...head, functions.trim(), '', frame].join('\n');
}
