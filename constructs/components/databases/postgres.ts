import type { Construct } from 'constructs';
import { readSecret } from '../backup/shell';
import { shellQuote } from '../../model/program';
import backup from './postgres-backup.sh';
import { Database, type DatabaseEngine, type DatabaseProps } from './database';
import { Duration, Size } from '../../model/units';

/**
 * The official image. It can run as any user. Up to version 17, its data is in a subfolder of the volume.
 * @see https://hub.docker.com/_/postgres
 */
const postgres: DatabaseEngine = {
  image: 'postgres:17',
  username: 'app',
  port: 5432,
  portName: 'postgres',
  // initdb needs a user with a name.
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
  // Without --username, pg_isready looks for the name of the user that runs it. This user may have no name.
  ping: (host) => ['pg_isready', '--quiet', '--username', 'postgres', '--host', host],
  pingMemory: Size.mebibytes(64),
  pingTimeout: Duration.seconds(5),
  // A restore runs in one transaction: it restores everything or nothing.
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
  url: {
    scheme: 'postgresql',
    query: {},
    // See https://magicstack.github.io/asyncpg/current/api/index.html
    tls: (scheme): Readonly<Record<string, string>> =>
      scheme.endsWith('asyncpg') ? { ssl: 'require' } : { sslmode: 'require' },
  },
};

/**
 * A PostgreSQL database. The default image is postgres:17, the default user `app`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new PostgresDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class PostgresDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, postgres, props);
  }
}
