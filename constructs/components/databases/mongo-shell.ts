import { isAtLeast } from '../../model/version';
import type { Access } from './engine';
import type { StoreImage } from './store-image';

/** The shell of MongoDB in an image. Both shells run JavaScript, but differ in how it reads a file and in helpers. */
export interface MongoShell {
  readonly program: 'mongosh' | 'mongo';
  /** An expression for the text of a file. */
  readonly read: (file: string) => string;
  /** An expression for what the server says of itself. */
  readonly hello: string;
  /** An option of a URL with which the shell asks no other member of a replica set. */
  readonly direct: string;
}

const mongosh: MongoShell = {
  program: 'mongosh',
  read: (file) => `require("fs").readFileSync("${file}", "utf8")`,
  hello: 'db.hello()',
  direct: '&directConnection=true',
};

const mongo: MongoShell = {
  program: 'mongo',
  read: (file) => `cat("${file}")`,
  hello: 'db.isMaster()',
  direct: '',
};

/** The shell of an image. Images before version 5 have no mongosh. */
export function mongoShell({ version }: StoreImage): MongoShell {
  return version === undefined || isAtLeast(version, [5]) ? mongosh : mongo;
}

/** A command that fails unless a server can be reached. */
export function mongoAnswers({ program }: MongoShell, host: string): readonly string[] {
  return [program, '--quiet', '--host', host, '--eval', "db.adminCommand('ping').ok"];
}

/** A command that fails unless a server is the member of a replica set that takes writes. */
export function mongoIsPrimary({ program, hello }: MongoShell, host: string): readonly string[] {
  const takesWrites = program === 'mongosh' ? 'isWritablePrimary' : 'ismaster';
  const script = `const { setName, ${takesWrites} } = ${hello}; quit(setName && ${takesWrites} ? 0 : 1)`;
  return [program, '--quiet', '--host', host, '--eval', script];
}

/** The name of a replica set. */
export const replicaSetName = 'rs0';

/**
 * A program that starts a replica set of one member, once: it fails until the server is up, and succeeds if the set is
 * there already. During the image's own first start the server knows of no replica set, so that the program fails.
 */
export function initiateReplicaSet(shell: MongoShell, access: Access, member: string): string {
  const { username, passwordFile } = access;
  const set = `{ _id: "${replicaSetName}", members: [{ _id: 0, host: "${member}" }] }`;
  return [
    ...(passwordFile === undefined
      ? ['const login = "";']
      : [`const login = "${username}:" + encodeURIComponent(${shell.read(passwordFile)}.trim()) + "@";`]),
    `const url = "mongodb://" + login + "127.0.0.1:27017/admin?authSource=admin${shell.direct}";`,
    'let answer;',
    `try { answer = connect(url).adminCommand({ replSetInitiate: ${set} }); } catch (error) { answer = error; }`,
    'quit(answer.ok === 1 || answer.codeName === "AlreadyInitialized" ? 0 : 1);',
  ].join('\n');
}

/** Lines of a program that set `names` to the names of the collections of a database. */
export function collectionNames(shell: MongoShell, access: Access, host: string): string {
  const { username, database, passwordFile } = access;
  if (passwordFile === undefined)
    return `const names = new Mongo("mongodb://${host}").getDB("${database}").getCollectionNames();`;
  // Bytes that are written already stay as they are.
  if (shell.program === 'mongosh') return loggedIn;
  return [
    `const login = "${username}:" + encodeURIComponent(${shell.read(passwordFile)}.trim());`,
    `const server = new Mongo("mongodb://" + login + "@${host}/?authSource=admin");`,
    `const names = server.getDB("${database}").getCollectionNames();`,
  ].join('\n    ');
}

const loggedIn = `const { host, user, database, password_file } = process.env;
    const read = (file) => require("fs").readFileSync(file, "utf8").trim();
    const login = [user, read(password_file)].map(encodeURIComponent).join(":");
    const names = Mongo("mongodb://" + login + "@" + host + "/?authSource=admin").getDB(database).getCollectionNames();`;
