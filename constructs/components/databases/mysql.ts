import type { Construct } from 'constructs';
import { readSecret } from '../backup/shell';
import backup from './mysql-backup.sh';
import { Database, type DatabaseEngine, type DatabaseProps } from './database';
import { Duration, Size } from '../../model/units';
import { filled, shellQuote } from '../../model/program';
import { anyUser } from '../../values/user';

/** The names that differ between the official images of MySQL and MariaDB. */
export interface MysqlNames {
  readonly image: string;
  /** The prefix of the image's variables. */
  readonly prefix: 'MYSQL' | 'MARIADB';
  /** The names of the command line programs. */
  readonly programs: Readonly<Record<'admin' | 'client' | 'dump', string>>;
  /** Options for the health check, which has no password. */
  readonly pingOptions: readonly string[];
}

/**
 * The engine of MySQL and MariaDB, which are almost the same. The user root has the same password as the owner of the
 * database, and can connect only from inside the container. The data is in a subfolder of the volume, because the top
 * folder of a new disk may not be empty: it can contain `lost+found`.
 */
export function mysqlEngine(names: MysqlNames, memory: Size): DatabaseEngine {
  const { image, prefix, programs, pingOptions } = names;
  return {
    image,
    username: 'app',
    port: 3306,
    portName: 'mysql',
    user: anyUser(999, 999),
    memory,
    args: ['--datadir=/var/lib/mysql/data'],
    dataPath: '/var/lib/mysql',
    scratch: [
      { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
      { path: '/var/run/mysqld', size: Size.mebibytes(8), medium: 'disk' },
    ],
    variables: ({ username, database, passwordFile }) => ({
      [`${prefix}_DATABASE`]: database,
      [`${prefix}_PASSWORD_FILE`]: passwordFile,
      [`${prefix}_ROOT_HOST`]: 'localhost',
      [`${prefix}_ROOT_PASSWORD_FILE`]: passwordFile,
      [`${prefix}_USER`]: username,
    }),
    // The command has no password. It also succeeds if the server refuses the login: such a server is ready.
    ping: (host) => [programs.admin, '--silent', '--protocol=tcp', `--host=${host}`, ...pingOptions, 'ping'],
    pingMemory: Size.mebibytes(64),
    pingTimeout: Duration.seconds(5),
    // A dump has all data of the database at one moment. It leaves out tablespaces, because only administrators may
    // read them. `verify` looks for the last line, which is written only if the dump is complete.
    backup: ({ username, database, passwordFile, host }) => ({
      extension: 'sql.gz',
      functions: [
        readSecret('MYSQL_PWD', passwordFile),
        'export MYSQL_PWD',
        `database=${shellQuote(database)}`,
        filled(backup, {
          HOST: shellQuote(host),
          USERNAME: shellQuote(username),
          DUMP: programs.dump,
          CLIENT: programs.client,
        }),
      ].join('\n'),
    }),
    // Drivers for MariaDB accept the scheme mysql:// too.
    url: { scheme: 'mysql', query: {}, tls: tlsOf },
  };
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
const mysql = mysqlEngine(
  {
    image: 'mysql:8.4',
    prefix: 'MYSQL',
    programs: { admin: 'mysqladmin', client: 'mysql', dump: 'mysqldump' },
    pingOptions: [],
  },
  Size.gibibytes(1),
);

/**
 * A MySQL database. The default image is mysql:8.4, the default user `app`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new MysqlDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class MysqlDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, mysql, props);
  }
}
