import type { Construct } from 'constructs';
import { readSecret } from '../backup/shell';
import backup from './mysql-backup.sh';
import backupAll from './mysql-backup-all.sh';
import ensure from './mysql-databases.sh';
import { longOptions, type Access, type DatabaseKind, type OwnChoice } from './engine';
import { mysqlImageProblem, mysqlNames, mysqlUser, type MysqlNames } from './mysql-images';
import { mysqlOwnOptions, mysqlOwnVariables } from './mysql-options';
import { ensureHeading, type SqlEngine } from './several';
import { SqlDatabase, type SqlDatabaseProps } from './sql-database';
import type { StoreImage } from './store-image';
import { Duration, Size } from '../../model/units';
import { filled, shellQuote } from '../../model/program';

/** What differs between MySQL and MariaDB. */
export interface MysqlFacts {
  readonly names: MysqlNames;
  readonly memory: Size;
  readonly ownOptions: readonly OwnChoice[];
}

/**
 * The engine of MySQL and MariaDB, which are almost the same. The user root has the same password as the owner of the
 * database, and can connect only from inside the container, unless it is the owner. The data is in a subfolder of the
 * volume, because the top folder of a new disk may not be empty: it can contain `lost+found`.
 */
export function mysqlEngine(image: StoreImage, { names, memory, ownOptions }: MysqlFacts): SqlEngine {
  const { prefix, programs, pingOptions } = names;
  return {
    username: 'app',
    port: 3306,
    portName: 'mysql',
    user: mysqlUser(image),
    memory,
    args: ['--datadir=/var/lib/mysql/data'],
    options: longOptions,
    ownOptions,
    dataPath: '/var/lib/mysql',
    scratch: [
      { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
      { path: '/var/run/mysqld', size: Size.mebibytes(8), medium: 'disk' },
    ],
    variables: (access) => mysqlVariables(prefix, access),
    ownVariables: mysqlOwnVariables(prefix),
    scripts: ['.sql', '.sh'],
    nameProblem,
    // The command has no password. It also succeeds if the server refuses the login: such a server is ready.
    ping: (host) => [programs.admin, '--silent', '--protocol=tcp', `--host=${host}`, ...pingOptions, 'ping'],
    pingMemory: Size.mebibytes(64),
    pingTimeout: Duration.seconds(5),
    // A dump has all data of the database at one moment. It leaves out tablespaces, because only administrators may
    // read them. `verify` looks for the last line, which is written only if the dump is complete.
    backup: ({ username, database, passwordFile, host }) => ({
      extension: 'sql.gz',
      functions: [
        ...loginWith(passwordFile),
        `database=${shellQuote(database)}`,
        filled(backup, {
          HOST: shellQuote(host),
          USERNAME: shellQuote(username),
          DUMP: programs.dump,
          CLIENT: programs.client,
        }),
      ].join('\n'),
    }),
    // Each user dumps and restores its own database, so that views and routines keep their owner.
    backupAll: ({ host, ...access }, others) => ({
      extension: 'sql.gz',
      functions: [
        `databases=${shellQuote([access, ...others].map(placeOf).join(' '))}`,
        filled(backupAll, { HOST: shellQuote(host), DUMP: programs.dump, CLIENT: programs.client }),
      ].join('\n'),
    }),
    ensure: ({ passwordFile }, others) => {
      const lines = others.map((one) => {
        const file = one.isShared ? undefined : one.passwordFile;
        return ['ensure', one.database, one.username, file ?? "''", one.isShared ? 'shared' : 'own'].join(
          ' ',
        );
      });
      const program = filled(ensure, { CLIENT: programs.client }).trim();
      return [ensureHeading, ...loginWith(passwordFile), program, '', ...lines, ''].join('\n');
    },
    // The images create no user without a password.
    missing: (access) =>
      access.passwordFile === undefined && access.username !== administrator
        ? [{ ...access, isShared: false }]
        : [],
    systemDatabases: [],
    administrator,
    // Drivers for MariaDB accept the scheme mysql:// too.
    url: { scheme: 'mysql', query: {}, tls: tlsOf },
  };
}

function loginWith(passwordFile: string | undefined): string[] {
  return passwordFile === undefined ? [] : [readSecret('MYSQL_PWD', passwordFile), 'export MYSQL_PWD'];
}

/** A database, its user, and the file with the user's password, as one word. */
function placeOf({ database, username, passwordFile = '' }: Access): string {
  return [database, username, passwordFile].join(':');
}

/** The administrator. The images exist already with this user, and stop if they are told to create it. */
export const administrator = 'root';

function mysqlVariables(
  prefix: MysqlNames['prefix'],
  { username, database, passwordFile }: Access,
): Record<string, string> {
  const isAdministrator = username === administrator;
  return {
    [`${prefix}_DATABASE`]: database,
    ...(!isAdministrator && passwordFile !== undefined && { [`${prefix}_PASSWORD_FILE`]: passwordFile }),
    [`${prefix}_ROOT_HOST`]: isAdministrator ? '%' : 'localhost',
    ...(passwordFile === undefined
      ? { [`${prefix}_ALLOW_EMPTY_PASSWORD`]: 'yes' }
      : { [`${prefix}_ROOT_PASSWORD_FILE`]: passwordFile }),
    ...(!isAdministrator && { [`${prefix}_USER`]: username }),
  };
}

/** Databases of the server itself. */
const systemDatabases = ['mysql', 'information_schema', 'performance_schema', 'sys'];

function nameProblem(field: 'username' | 'database', name: string): string | undefined {
  if (field === 'username')
    return name.length > 32 ? `at most 32 characters: this has ${name.length}` : undefined;
  return systemDatabases.includes(name.toLowerCase())
    ? 'another name, because the server has a database of this name'
    : undefined;
}

/**
 * The parameter that requires TLS, by driver.
 * @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html
 * @see https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j
 */
function tlsOf(scheme: string): Readonly<Record<string, string>> {
  if (scheme === 'jdbc:mysql') return { sslMode: 'REQUIRED' };
  return scheme === 'jdbc:mariadb' ? { sslMode: 'trust' } : { 'ssl-mode': 'REQUIRED' };
}

/** @see https://hub.docker.com/_/mysql */
const mysql: DatabaseKind<SqlEngine> = {
  program: 'MySQL',
  image: 'mysql:8.4',
  names: ['mysql', 'mysql-server', 'community-server', 'percona', 'percona-server'],
  usualVersion: '8.4',
  imageProblem: mysqlImageProblem,
  engine: (image) =>
    mysqlEngine(image, {
      names: mysqlNames,
      memory: Size.gibibytes(1),
      ownOptions: mysqlOwnOptions(image),
    }),
};

/**
 * A MySQL database. The default image is mysql:8.4, the default user `app`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new MysqlDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class MysqlDatabase extends SqlDatabase {
  constructor(scope: Construct, id: string, props: SqlDatabaseProps = {}) {
    super(scope, id, mysql, props);
  }
}
