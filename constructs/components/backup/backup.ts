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

/** The program that every backup runs. */
export const backupProgram: readonly string[] = ['sh', `${backupFolder}/backup.sh`];

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
    entrypoint: backupProgram,
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

function backupScript({ extension, folder, functions }: BackupRecipe, keep: number): string {
  const settings = [`folder=${shellQuote(folder)}`, `extension=${shellQuote(extension)}`, `keep=${keep}`];
  return ['set -eu', 'umask 077', 'export LC_ALL=C HOME=/tmp', ...settings, functions.trim(), frame].join(
    '\n',
  );
}

/**
 * A file has its name only once it is whole. Names sort by time, in UTC. What a run that was killed has left
 * goes a day later, as another may still be writing.
 */
const frame = String.raw`
fail() { echo "backup: $*" >&2; exit 1; }

newest_first() {
  for path in "$folder"/[0-9]*T[0-9]*Z."$extension"; do [ ! -f "$path" ] || basename "$path"; done | sort -r
}

backup() {
  find "$folder" -name '*.part' -mmin +1440 -exec rm -f {} +
  while name=$(date -u +%Y%m%dT%H%M%SZ).$extension && [ -e "$folder/$name" ]; do sleep 1; done
  part=$folder/$name.part
  trap 'rm -f "$part"' EXIT
  trap 'exit 143' TERM INT
  dump "$part" || fail "the data could not be written to $name"
  [ -s "$part" ] && verify "$part" || fail "$name is not whole"
  mv "$part" "$folder/$name"
  newest_first | tail -n +$((keep + 1)) | while read -r old; do rm -f "$folder/$old"; done
  echo "backup: $name has $(wc -c <"$folder/$name") bytes; $(newest_first | wc -l) of at most $keep are kept"
}

restore() {
  name=$1
  shift
  [ "$name" != latest ] || name=$(newest_first | head -n 1)
  [ -n "$name" ] || fail 'there is none'
  newest_first | grep -qxF -- "$name" || fail "there is no $name; there are: $(newest_first | tr '\n' ' ')"
  verify "$folder/$name" || fail "$name is not whole"
  [ "$*" = --overwrite ] || is_empty || fail 'there are data: to replace them by those of the backup, say --yes'
  load "$folder/$name" || fail "$name could not be restored"
  echo "restored: $name"
}

case "$*" in
  backup) backup ;;
  list) newest_first ;;
  'restore '*) shift; restore "$@" ;;
  *) fail 'write backup, list, or restore <file|latest> [--overwrite]' ;;
esac
`;
