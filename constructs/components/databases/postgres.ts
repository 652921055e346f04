import type { Construct } from 'constructs';
import { readSecret } from '../backup/shell';
import { filled, shellQuote } from '../../model/program';
import backup from './postgres-backup.sh';
import backupAll from './postgres-backup-all.sh';
import ensure from './postgres-databases.sh';
import { Duration, Size } from '../../model/units';
import type { Access, DatabaseKind, OwnChoice } from './engine';
import {
  postgresImageProblem,
  postgresLayout,
  postgresNames,
  postgresUser,
  postgresVersionIn,
} from './postgres-image';
import { postgresOptions, postgresOwnOptions } from './postgres-options';
import { ensureHeading, type SqlEngine } from './several';
import { SqlDatabase, type SqlDatabaseProps } from './sql-database';
import type { StoreImage } from './store-image';

const ownVariables: readonly OwnChoice[] = [
  { names: ['POSTGRES_USER'], write: 'the prop username' },
  { names: ['POSTGRES_DB'], write: 'the prop database' },
  {
    names: ['POSTGRES_PASSWORD'],
    write:
      'nothing, because the password is a secret that is named after the component; or the prop noPassword',
  },
  {
    names: ['POSTGRES_HOST_AUTH_METHOD'],
    values: /^\s*trust\s*$/,
    write: 'the prop noPassword',
  },
  { names: ['PGDATA'], write: 'nothing, because the component knows the folder of its volume' },
  { names: ['PGPORT'], write: 'nothing, because the port is always 5432' },
];

/** What to write instead of a name that initdb refuses. @see https://www.postgresql.org/docs/current/app-initdb.html */
function nameProblem(field: 'username' | 'database', name: string): string | undefined {
  if (field === 'username') return name.startsWith('pg_') ? 'a name that does not start with pg_' : undefined;
  return /^template[01]$/.test(name)
    ? 'another name, because the server has a database of this name'
    : undefined;
}

/** How to run an image of PostgreSQL. It can run as any user with a name. */
function engine(image: StoreImage): SqlEngine {
  const { volume, data } = postgresLayout(image);
  return {
    username: 'app',
    port: 5432,
    portName: 'postgres',
    user: postgresUser(image),
    memory: Size.mebibytes(512),
    args: [],
    options: postgresOptions,
    ownOptions: postgresOwnOptions,
    dataPath: volume,
    scratch: [
      { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
      { path: '/var/run/postgresql', size: Size.mebibytes(8), medium: 'disk' },
      { path: '/dev/shm', size: Size.mebibytes(64), medium: 'memory' },
    ],
    variables: ({ username, database, passwordFile }) => ({
      PGDATA: data,
      POSTGRES_DB: database,
      ...(passwordFile === undefined
        ? { POSTGRES_HOST_AUTH_METHOD: 'trust', POSTGRES_PASSWORD: '' }
        : { POSTGRES_PASSWORD_FILE: passwordFile }),
      POSTGRES_USER: username,
    }),
    ownVariables,
    scripts: ['.sql', '.sh'],
    nameProblem,
    // Without --username, pg_isready looks for the name of the user that runs it. This user may have no name.
    ping: (host) => ['pg_isready', '--quiet', '--username', 'postgres', '--host', host],
    pingMemory: Size.mebibytes(64),
    pingTimeout: Duration.seconds(5),
    // A restore runs in one transaction: it restores everything or nothing.
    backup: (access) => ({ extension: 'dump', functions: [...login(access), '', backup].join('\n') }),
    // Each database is restored in a transaction of its own, with the owners that its objects had.
    backupAll: (access, others) => {
      const names = [access, ...others].map(({ database }) => database).join(' ');
      const settings = [...login(access), `databases=${shellQuote(names)}`];
      return { extension: 'dump', functions: [...settings, '', backupAll].join('\n') };
    },
    ensure: ({ username, database, passwordFile }, others) => {
      const names = { OWNER: shellQuote(username), MAIN: shellQuote(database) };
      const lines = others.map((one) => {
        const file = one.isShared ? undefined : one.passwordFile;
        return ['ensure', one.database, one.username, file ?? "''"].join(' ');
      });
      return [ensureHeading, ...loginWith(passwordFile), filled(ensure, names).trim(), '', ...lines, ''].join(
        '\n',
      );
    },
    missing: () => [],
    systemDatabases: ['postgres'],
    administrator: '',
    url: {
      scheme: 'postgresql',
      query: {},
      // See https://magicstack.github.io/asyncpg/current/api/index.html
      tls: (scheme): Readonly<Record<string, string>> =>
        scheme.endsWith('asyncpg') ? { ssl: 'require' } : { sslmode: 'require' },
    },
  };
}

function loginWith(passwordFile: string | undefined): string[] {
  return passwordFile === undefined ? [] : [readSecret('PGPASSWORD', passwordFile), 'export PGPASSWORD'];
}

/** The lines of a script that say where the server is, and how to log in. */
function login({ username, database, passwordFile, host }: Access & { readonly host: string }): string[] {
  const place = `PGHOST=${shellQuote(host)} PGUSER=${shellQuote(username)} PGDATABASE=${shellQuote(database)}`;
  return [`export ${place}`, ...loginWith(passwordFile)];
}

/** @see https://hub.docker.com/_/postgres */
const postgres: DatabaseKind<SqlEngine> = {
  program: 'PostgreSQL',
  image: 'postgres:17',
  names: postgresNames,
  versionIn: postgresVersionIn,
  usualVersion: '17',
  followsFromVersion: 'the folder of its data',
  imageProblem: postgresImageProblem,
  engine,
};

/**
 * A PostgreSQL database. The default image is postgres:17, the default user `app`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new PostgresDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class PostgresDatabase extends SqlDatabase {
  constructor(scope: Construct, id: string, props: SqlDatabaseProps = {}) {
    super(scope, id, postgres, props);
  }
}
