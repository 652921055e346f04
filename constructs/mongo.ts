import type { Construct } from 'constructs';
import { Database, type DatabaseEngine, type DatabaseProps } from './database';
import { Size } from './model/units';

/** @see https://hub.docker.com/_/mongo */
const mongo: DatabaseEngine = {
  image: 'mongo:7.0',
  username: 'root',
  port: 27017,
  portName: 'mongodb',
  user: { uid: 999, gid: 999 },
  dataPath: '/data/db',
  scratch: [
    { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
    { path: '/data/configdb', size: Size.mebibytes(8), medium: 'disk' },
  ],
  variables: ({ username, database, passwordFile }) => ({
    MONGO_INITDB_DATABASE: database,
    MONGO_INITDB_ROOT_PASSWORD_FILE: passwordFile,
    MONGO_INITDB_ROOT_USERNAME: username,
  }),
  ping: (host) => ['mongosh', '--quiet', '--host', host, '--eval', "db.adminCommand('ping').ok"],
  pingMemory: Size.mebibytes(256),
  url: ({ username, password, host, database, managed }) => [
    `mongodb://${username}:`,
    ...password,
    `@${host}/${database}?authSource=admin${managed ? '&tls=true' : ''}`,
  ],
};

/** MongoDB. Image mongo:7.0 and user `root` by default. */
export class MongoDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, mongo, props);
  }
}
