import type { Construct } from 'constructs';
import { Database, type DatabaseEngine, type DatabaseProps } from './database';
import { Size } from './model/units';

/**
 * The official image: any user works, data lies in a sub-folder of the mount up to version 17.
 * @see https://hub.docker.com/_/postgres
 */
const postgres: DatabaseEngine = {
  image: 'postgres:17',
  username: 'app',
  port: 5432,
  portName: 'postgres',
  user: { uid: 999, gid: 999 },
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
  ping: (host) => ['pg_isready', '--quiet', '--host', host],
  pingMemory: Size.mebibytes(64),
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
