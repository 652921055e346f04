import type { Construct } from 'constructs';
import { readSecret, shellQuote } from '../backup/shell';
import backup from './postgres-backup.sh';
import { Database, type DatabaseEngine, type DatabaseProps } from './database';
import { Duration, Size } from '../../model/units';

/**
 * The official image: any user works, data lies in a sub-folder of the mount up to version 17.
 * @see https://hub.docker.com/_/postgres
 */
const postgres: DatabaseEngine = {
  image: 'postgres:17',
  username: 'app',
  port: 5432,
  portName: 'postgres',
  // A database is made by nobody without a name.
  user: { uid: 999, gid: 999, binding: 'named' },
  memory: Size.mebibytes(512),
  args: [],
  dataPath: '/var/lib/postgresql/data',
  scratch: [
    { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
    { path: '/var/run/postgresql', size: Size.mebibytes(8), medium: 'disk' },
    { path: '/dev/shm', size: Size.mebibytes(64), medium: 'memory' },
  ],
  variables: ({ username, database, passwordFile }) => ({
    PGDATA: '/var/lib/postgresql/data/pgdata',
    POSTGRES_DB: database,
    POSTGRES_PASSWORD_FILE: passwordFile,
    POSTGRES_USER: username,
  }),
  // The user of the process may have no name, which is that of the login where none is given.
  ping: (host) => ['pg_isready', '--quiet', '--username', 'postgres', '--host', host],
  pingMemory: Size.mebibytes(64),
  pingTimeout: Duration.seconds(5),
  // A backup is put back whole or not at all.
  backup: ({ username, database, passwordFile, host }) => ({
    extension: 'dump',
    functions: [
      `export PGHOST=${shellQuote(host)} PGUSER=${shellQuote(username)} PGDATABASE=${shellQuote(database)}`,
      readSecret('PGPASSWORD', passwordFile),
      'export PGPASSWORD',
      '',
      backup,
    ].join('\n'),
  }),
  url: ({ username, password, host, database, managed }) => [
    `postgresql://${username}:`,
    ...password,
    `@${host}/${database}${managed ? '?sslmode=require' : ''}`,
  ],
};

/** PostgreSQL. Image postgres:17 and user `app` by default. */
export class PostgresDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, postgres, props);
  }
}
