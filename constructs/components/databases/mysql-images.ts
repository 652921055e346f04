import { isAtLeast, type Version } from '../../model/version';
import type { User } from '../../model/workload';
import { anyUser } from '../../values/user';
import type { StoreImage } from './store-image';

/** The names that differ between the official images of MySQL and MariaDB, and between their versions. */
export interface MysqlNames {
  /** The prefix of the image's variables. */
  readonly prefix: 'MYSQL' | 'MARIADB';
  /** The names of the command line programs. */
  readonly programs: Readonly<Record<'admin' | 'client' | 'dump', string>>;
  /** Options for the health check, which has no password. */
  readonly pingOptions: readonly string[];
}

const mysqlPrograms = { admin: 'mysqladmin', client: 'mysql', dump: 'mysqldump' };

export const mysqlNames: MysqlNames = { prefix: 'MYSQL', programs: mysqlPrograms, pingOptions: [] };

/** The first versions of MariaDB whose images know variables that start with MARIADB_. */
const ownPrefix: readonly Version[] = [
  [10, 2, 38],
  [10, 3, 29],
  [10, 4, 19],
  [10, 5, 10],
  [10, 6, 1],
];

/**
 * The names of an image of MariaDB. Programs have names of their own since 10.4.6, and only these since 11.0.
 * @see https://mariadb.com/kb/en/mariadb-1046-release-notes/
 * @see https://github.com/MariaDB/mariadb-docker/pull/375
 */
export function mariadbNames({ version = [11, 4] }: StoreImage): MysqlNames {
  const { prefix, isOld } = { prefix: mariadbPrefix(version), isOld: !isAtLeast(version, [10, 4, 6]) };
  // The client can verify the server's self-signed certificate only with a password, and the check has none.
  const pingOptions = ['--skip-ssl-verify-server-cert'];
  const programs = { admin: 'mariadb-admin', client: 'mariadb', dump: 'mariadb-dump' };
  return { prefix, programs: isOld ? mysqlPrograms : programs, pingOptions };
}

function mariadbPrefix(version: Version): MysqlNames['prefix'] {
  const [major = 0, minor] = version;
  const first = ownPrefix.find((one) => one[0] === major && one[1] === minor);
  if (first) return isAtLeast(version, first) ? 'MARIADB' : 'MYSQL';
  return isAtLeast(version, [10, 2]) ? 'MARIADB' : 'MYSQL';
}

/** Images with other variables, folders or programs than the official ones. */
const others: Readonly<Record<string, string>> = {
  'bitnami/mysql': 'mysql:8.4',
  'bitnamilegacy/mysql': 'mysql:8.4',
  'bitnami/mariadb': 'mariadb:11.4',
  'bitnamilegacy/mariadb': 'mariadb:11.4',
  'linuxserver/mariadb': 'mariadb:11.4',
  'yobasystems/alpine-mariadb': 'mariadb:11.4',
};

/** What to write instead of an image that differs from the official one; undefined if it does not. */
export function mysqlImageProblem({ repository }: StoreImage): string | undefined {
  const similar = Object.hasOwn(others, repository) ? others[repository] : undefined;
  if (similar === undefined) return undefined;
  return `${similar}, because this image has other variables and folders than the official one; or run it as a Backend with volumes`;
}

/** The uids of relatives of the official images. */
const uids: Readonly<Record<string, number>> = {
  percona: 1001,
  'percona/percona-server': 1001,
  'mysql/mysql-server': 27,
};

/** The user of an image. */
export function mysqlUser({ repository }: StoreImage): User {
  const id = Object.hasOwn(uids, repository) ? (uids[repository] ?? 999) : 999;
  return anyUser(id, id);
}
