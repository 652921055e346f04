import { filled, shellQuote } from '../../model/program';
import { Duration, Size } from '../../model/units';
import { isAtLeast } from '../../model/version';
import { anyUser } from '../../values/user';
import { longOptions, type Access, type DatabaseEngine, type DatabaseKind, type OwnChoice } from './engine';
import backup from './mongo-backup.sh';
import login from './mongo-login.sh';
import { collectionNames, mongoAnswers, mongoIsPrimary, mongoShell } from './mongo-shell';
import type { StoreImage } from './store-image';

const ownOptions: readonly OwnChoice[] = [
  { names: ['dbpath'], write: 'no data folder, because the component knows the folder of its volume' },
  { names: ['port'], write: 'no port, because it is always 27017' },
  {
    names: ['bind-ip', 'bind-ip-all'],
    write:
      'no address, because it listens at every address, and only components that refer to it can connect',
  },
  { names: ['replset'], write: 'the prop replicaSet: true' },
  { names: ['keyfile'], write: 'the prop replicaSet: true, which makes a key as a secret' },
  { names: ['auth'], write: 'no --auth, because every client needs the password' },
  { names: ['noauth'], write: 'the prop noPassword' },
  { names: ['fork'], write: 'no --fork, because a container ends with its first program' },
  { names: ['logpath'], write: 'no log file, because the log is the output of the container' },
];

const ownVariables: readonly OwnChoice[] = [
  { names: ['MONGO_INITDB_ROOT_USERNAME'], write: 'the prop username' },
  { names: ['MONGO_INITDB_DATABASE'], write: 'the prop database' },
  {
    names: ['MONGO_INITDB_ROOT_PASSWORD'],
    write:
      'nothing, because the password is a secret that is named after the component; or the prop noPassword',
  },
];

function engineOf(image: StoreImage, isReplicaSet: boolean): DatabaseEngine {
  const shell = mongoShell(image);
  return {
    username: 'root',
    port: 27017,
    portName: 'mongodb',
    user: anyUser(999, 999),
    memory: Size.mebibytes(512),
    args: [],
    options: longOptions,
    ownOptions,
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
    ownVariables,
    scripts: ['.js', '.sh'],
    nameProblem: () => undefined,
    ping: (host) => (isReplicaSet ? mongoIsPrimary : mongoAnswers)(shell, host),
    pingMemory: Size.mebibytes(256),
    // mongosh starts Node.js, which takes some seconds.
    pingTimeout: Duration.seconds(10),
    backup: (access) => ({ extension: 'archive.gz', functions: backupFunctions(image, access) }),
    url: { scheme: 'mongodb', query: { authSource: 'admin' }, tls: () => ({ tls: 'true' }) },
  };
}

// The tools read the password from a YAML file, because process lists show arguments. No line of the script may look
// like a secret to scanners of ConfigMaps.
function backupFunctions(image: StoreImage, access: Access & { readonly host: string }): string {
  const { username, database, passwordFile, host } = access;
  const shell = mongoShell(image);
  return [
    `host=${shellQuote(`${host}:27017`)} user=${shellQuote(username)} database=${shellQuote(database)}`,
    `password_file=${passwordFile ?? ''}`,
    '',
    passwordFile === undefined ? 'tool() { "$@" --quiet --host="$host"; }' : login.trimEnd(),
    filled(backup, { SHELL: shell.program, NAMES: collectionNames(shell, access, `${host}:27017`) }),
  ].join('\n');
}

/** Whether the tools of an image can read a password from a file. @see https://www.mongodb.com/docs/database-tools/ */
export function canBackUp({ version }: StoreImage): boolean {
  return version === undefined || isAtLeast(version, [4, 4]);
}

/** Images with other variables and folders than the official one. */
const others = /^bitnami(?:legacy)?\/mongodb|ferretdb/;

/** The kind of MongoDB. @see https://hub.docker.com/_/mongo */
export function mongoKind(isReplicaSet: boolean): DatabaseKind {
  return {
    program: 'MongoDB',
    image: 'mongo:7.0',
    names: ['mongo', 'mongodb-community-server', 'percona-server-mongodb'],
    usualVersion: '7.0',
    imageProblem: ({ repository }) =>
      others.test(repository)
        ? 'mongo:7.0, because this image has other variables and folders than the official one; or run it as a Backend with volumes'
        : undefined,
    engine: (image) => engineOf(image, isReplicaSet),
  };
}
