import { posix } from 'node:path';
import ready from './databases-ready.sh';
import { backupFolder } from '../backup/backup';
import { filled } from '../../model/program';
import type { Folder } from '../../model/storage';
import { listed } from '../../model/words';
import { optional, type Kind, type Shape } from '../../shape/kind';
import { recordOf } from '../../shape/lists';
import { object } from '../../shape/object';
import { text } from '../../shape/words';
import type { BackupRecipe } from '../backup/backup';
import type { Access, DatabaseEngine } from './engine';

/** Another database in the same server. */
export interface NamedDatabaseProps {
  /**
   * The user that owns the database. It has a password of its own. With the user of the component itself, the password is
   * also that of the component. @default the name of the database
   */
  readonly username?: string;
}

const namedShape: Shape<NamedDatabaseProps> = {
  username: optional(text("the name of the user, such as 'reporter'")),
};

const example = "{ reports: { username: 'reporter' } }";

export const databasesKind: Kind<Readonly<Record<string, NamedDatabaseProps>>> = recordOf(
  object(namedShape, { title: 'a field of a database', write: "{ username: 'reporter' }, or {}" }),
  `an object, such as ${example}`,
);

/** Another database in the same server, its owner, and the file with the owner's password. */
export interface OtherDatabase extends Access {
  /** Whether the owner is the user of the component itself. */
  readonly isShared: boolean;
}

/** How to run a server with several databases. */
export interface SqlEngine extends DatabaseEngine {
  /** The users and databases that the image should create and does not; most often none. */
  readonly missing: (access: Access) => readonly OtherDatabase[];
  /** A shell program that makes the databases and users that are missing, in the container of the server. */
  readonly ensure: (access: Access, others: readonly OtherDatabase[]) => string;
  /** How to write all databases to a file, and to restore them. */
  readonly backupAll: (
    access: Access & { readonly host: string },
    others: readonly OtherDatabase[],
  ) => Pick<BackupRecipe, 'extension' | 'functions'>;
  /** Databases that every server has. */
  readonly systemDatabases: readonly string[];
  /** The user that every server has; empty if there is none. */
  readonly administrator: string;
}

/** The first lines of the program that makes databases. */
export const ensureHeading = `# Makes the databases and users that are missing, and sets the passwords of the users. It runs at the first start,
# before other scripts, and then once at every start of the server.`;

const ensureName = 'databases.sh';
const readyName = 'ready.sh';

/** The programs that make several databases, by folder. @param initFolder the folder of scripts for the first start */
export function programFolders(ensure: string, initFolder: string): readonly Folder[] {
  const script = posix.join(backupFolder, ensureName);
  return [
    { path: backupFolder, files: { [ensureName]: ensure, [readyName]: filled(ready, { SCRIPT: script }) } },
    { path: initFolder, files: { [initName]: `sh ${script}\n` } },
  ];
}

/** The script that makes the databases at the first start, before the scripts of the stack. */
export const initName = '000-databases.sh';

/** The check of a server with several databases: it is healthy when all of them are there. */
export function readyCheck(ping: readonly string[]): readonly string[] {
  return ['sh', posix.join(backupFolder, readyName), ...ping];
}

/** Folders of files, those with the same path as one. */
export function mergedFolders(folders: readonly Folder[]): readonly Folder[] {
  const paths = [...new Set(folders.map(({ path }) => path))];
  return paths.map((path) => ({
    path,
    files: Object.assign(
      {},
      ...folders.filter((one) => one.path === path).map(({ files }) => files),
    ) as Folder['files'],
  }));
}

/** What to write instead of a name that is none of the databases. */
export function databaseNames(names: readonly string[]): string {
  return names.length === 0
    ? `databases: ${example} in its props first`
    : `one of ${listed(names).replace(' and ', ', ')}`;
}
