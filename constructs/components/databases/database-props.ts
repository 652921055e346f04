import type { ScratchSource } from '../../values/storage';
import { imageKind, type ImageSource } from '../../values/image';
import { Text } from '../../values/text';
import { backupKind, type Backup } from '../../values/backup';
import { timingKind, type HealthTiming } from '../../values/health';
import { noPasswordKind, type NoPassword } from '../../values/no-password';
import type { Amount } from '../../values/sizing';
import { userKind, type UserProps } from '../../values/user';
import { variablesKind, type EnvironmentValue } from '../../values/variable';
import type { Cpu, Duration, Size } from '../../model/units';
import { hidden } from '../../shape/hidden';
import { optional, type Shape } from '../../shape/kind';
import { programArguments, recordOf } from '../../shape/lists';
import { cpuAmount, duration, memoryAmount, size } from '../../shape/units';
import { instance, text } from '../../shape/words';
import { containerShape, type ContainerProps } from '../container-props';

/** The props of a database. */
export interface DatabaseProps {
  /**
   * An image of the database, or a relative of it with the same variables and folders, such as `pgvector/pgvector:pg17`.
   * The component follows the version in its name: the data folder of PostgreSQL 18, the user of an Alpine image, the
   * programs of MariaDB 10.3. With the next major version of PostgreSQL, the server finds data that it cannot read, and
   * stops with a message: move the data with a backup, or with pg_upgrade, first. MySQL and MariaDB upgrade their data
   * themselves. @default the official image: see the class of the database
   */
  readonly image?: ImageSource;
  /**
   * The version of the database in the image. Needed if neither the name of the image nor the last FROM of its Dockerfile
   * tells it. @default the version that the image's tag starts with
   * @example '17'
   */
  readonly version?: string;
  /**
   * The user and group that the image runs as. Needed for an image of your own with another user.
   * @default that of the official image: 999:999, and 70:70 for PostgreSQL on Alpine
   */
  readonly user?: UserProps;
  /** The name of the database in the server. @default the application's name, with _ instead of - */
  readonly database?: string;
  /**
   * The user that owns the database. It can be the administrator: `postgres` for PostgreSQL, `root` for MySQL and MariaDB,
   * who can then connect from other components. @default app; root for MongoDB
   */
  readonly username?: string;
  /**
   * Arguments of the server, added to those of the component. An argument that the component sets itself, such as the data
   * folder or the port, is reported as an issue. @default none
   * @example ['-c', 'shared_buffers=256MB']
   * @example ['--character-set-server=utf8mb4']
   */
  readonly args?: readonly string[];
  /**
   * Environment variables of the image, added to those of the component. A variable that the component sets itself, such
   * as POSTGRES_USER, is reported as an issue. Most images read them only at the first start. @default none
   * @example { POSTGRES_INITDB_ARGS: '--data-checksums', TZ: 'Europe/Berlin' }
   */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /**
   * Initialization scripts: the content of each, by file name. The image runs them once, in the order of their names,
   * when the database is empty. A change of them restarts the server, and does nothing to a database that exists: use a
   * `Migration` for that. @default none
   * @example { '10-schema.sql': 'CREATE TABLE notes (id int PRIMARY KEY, text text);' }
   */
  readonly init?: Readonly<Record<string, string | Text>>;
  /**
   * Configuration files: the content of each file, by absolute path. What else the image has in their folders stays.
   * @default none
   * @example { '/etc/mysql/conf.d/slow.cnf': '[mysqld]\nslow_query_log=1\n' }
   */
  readonly files?: ContainerProps['files'];
  /**
   * That the database asks for no password: whoever may connect to it, may read and change all data. Only components with
   * a reference to it may connect. It counts as the need `no-password`, which an environment can forbid. It holds for a
   * new database: one that exists keeps its password. @default the database has a password
   * @example { reason: 'the data is public' }
   */
  readonly noPassword?: NoPassword;
  /** The size of the volume. @default 1 GiB */
  readonly storage?: Size;
  /** CPU request and limit. @default a request of 250 millicores and a limit of 1 core */
  readonly cpu?: Amount<Cpu>;
  /** Memory request and limit. @default 512 MiB for both; 1 GiB for MySQL */
  readonly memory?: Amount<Size>;
  /**
   * The size of /dev/shm, the memory that the processes of the server share. It counts towards the memory limit.
   * @default 64 MiB for PostgreSQL, otherwise what the target gives
   */
  readonly sharedMemory?: Size;
  /**
   * When the health checks run and fail.
   * @default every 10 s, 5 retries, a start period of 40 s, a timeout of 5 s (10 s for MongoDB)
   */
  readonly health?: HealthTiming;
  /** How long a stopped database may take to finish its work. After this time, it is killed. @default 60 s */
  readonly grace?: Duration;
  /** When to back up the database, and how many backups to keep. @default no backups */
  readonly backup?: Backup;
}

const script = hidden<string | Text>(
  instance(
    (value) => typeof value === 'string' || value instanceof Text,
    'the content of the script as a text, or text`…` with references in it',
  ),
);

export const databaseShape: Shape<DatabaseProps> = {
  image: optional(imageKind),
  version: optional(text("the version of the database in the image, such as '17'")),
  user: optional(userKind),
  database: optional(text("the name of the database, such as 'shop'")),
  username: optional(text("the name of the user, such as 'app'")),
  args: optional(programArguments),
  env: optional(variablesKind),
  init: optional(recordOf(script, "an object, such as { '10-schema.sql': 'CREATE TABLE …' }")),
  files: containerShape.files,
  noPassword: optional(noPasswordKind),
  storage: optional(size),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  sharedMemory: optional(size),
  health: optional(timingKind),
  grace: optional(duration),
  backup: optional(backupKind),
};

/** The path of the memory that the processes of a server share. */
const sharedFolder = '/dev/shm';

/** The folders for temporary files, with the shared memory in this size. */
export function withSharedMemory(
  scratch: readonly ScratchSource[],
  shared: Size | undefined,
): readonly ScratchSource[] {
  if (shared === undefined) return scratch;
  const others = scratch.filter(({ path }) => path !== sharedFolder);
  return [...others, { path: sharedFolder, size: shared, medium: 'memory' }];
}
