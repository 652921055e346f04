import type { Construct } from 'constructs';
import { shellQuote } from '../../model/program';
import backup from './mongo-backup.sh';
import { Database, type DatabaseProps } from './database';
import { longOptions, type DatabaseEngine, type DatabaseKind } from './engine';
import { Duration, Size } from '../../model/units';
import { anyUser } from '../../values/user';

const engine: DatabaseEngine = {
  username: 'root',
  port: 27017,
  portName: 'mongodb',
  user: anyUser(999, 999),
  memory: Size.mebibytes(512),
  args: [],
  options: longOptions,
  ownOptions: [
    { names: ['dbpath'], write: 'no data folder, because the component knows the folder of its volume' },
    { names: ['port'], write: 'no port, because it is always 27017' },
    { names: ['noauth'], write: 'the prop noPassword' },
  ],
  dataPath: '/data/db',
  scratch: [
    { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
    { path: '/data/configdb', size: Size.mebibytes(8), medium: 'disk' },
  ],
  variables: ({ username, database, passwordFile }) => ({
    MONGO_INITDB_DATABASE: database,
    ...(passwordFile !== undefined && {
      MONGO_INITDB_ROOT_PASSWORD_FILE: passwordFile,
      MONGO_INITDB_ROOT_USERNAME: username,
    }),
  }),
  ownVariables: [
    { names: ['MONGO_INITDB_ROOT_USERNAME'], write: 'the prop username' },
    { names: ['MONGO_INITDB_DATABASE'], write: 'the prop database' },
    {
      names: ['MONGO_INITDB_ROOT_PASSWORD'],
      write:
        'nothing, because the password is a secret that is named after the component; or the prop noPassword',
    },
  ],
  scripts: ['.js', '.sh'],
  nameProblem: () => undefined,
  ping: (host) => ['mongosh', '--quiet', '--host', host, '--eval', "db.adminCommand('ping').ok"],
  pingMemory: Size.mebibytes(256),
  // mongosh starts Node.js, which takes some seconds.
  pingTimeout: Duration.seconds(10),
  // The tools read the password from a YAML file, because process lists show arguments. No line of the script may look
  // like a secret to scanners of ConfigMaps.
  backup: ({ username, database, passwordFile, host }) => ({
    extension: 'archive.gz',
    functions: [
      `host=${shellQuote(`${host}:27017`)} user=${shellQuote(username)} database=${shellQuote(database)}`,
      `password_file=${passwordFile ?? ''}`,
      '',
      backup,
    ].join('\n'),
  }),
  url: { scheme: 'mongodb', query: { authSource: 'admin' }, tls: () => ({ tls: 'true' }) },
};

/** @see https://hub.docker.com/_/mongo */
const mongo: DatabaseKind = {
  program: 'MongoDB',
  image: 'mongo:7.0',
  names: ['mongo', 'mongodb-community-server'],
  usualVersion: '7.0',
  engine: () => engine,
};

/**
 * A MongoDB database. The default image is mongo:7.0, the default user `root`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new MongoDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { MONGO_URL: database.url } });
 */
export class MongoDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, mongo, props);
  }
}
