import type { Construct } from 'constructs';
import { readSecret, shellQuote } from '../backup/shell';
import backup from './mysql-backup.sh';
import { Database, type DatabaseEngine, type DatabaseProps } from './database';
import { Duration, Size } from '../../model/units';
import { filled } from '../../model/program';
import { anyUser } from '../../values/user';

/** What the official images of MySQL and MariaDB call things. */
export interface MysqlNames {
  readonly image: string;
  /** Comes before the names of the image's variables. */
  readonly prefix: 'MYSQL' | 'MARIADB';
  readonly programs: Readonly<Record<'admin' | 'client' | 'dump', string>>;
  /** Options with which a server is asked whether it answers, without a password. */
  readonly pingOptions: readonly string[];
}

/**
 * What MySQL and MariaDB have in common. Root has the user's password, and can only be on the same machine.
 * Data lie in a sub-folder of the mount, as a new disk is not empty.
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
    // A server that refuses the login is a server that answers.
    ping: (host) => [programs.admin, '--silent', '--protocol=tcp', `--host=${host}`, ...pingOptions, 'ping'],
    pingMemory: Size.mebibytes(64),
    pingTimeout: Duration.seconds(5),
    // All of the database as it is at one moment; the user may not see what belongs to the server. The last line of a
    // dump is written once all of it has been.
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
    // The drivers of both know the scheme of MySQL.
    url: ({ username, password, host, database, managed }) => [
      `mysql://${username}:`,
      ...password,
      `@${host}/${database}${managed ? '?ssl-mode=REQUIRED' : ''}`,
    ],
  };
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

/** MySQL. Image mysql:8.4 and user `app` by default. */
export class MysqlDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, mysql, props);
  }
}
