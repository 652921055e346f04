import type { Construct } from 'constructs';
import { checkProps } from '../component';
import { Database, secretFolder } from './database';
import { databaseShape, type DatabaseProps } from './database-props';
import { canBackUp, mongoKind } from './mongo-engine';
import { initiateReplicaSet, mongoShell, replicaSetName } from './mongo-shell';
import start from './mongo-replica.sh';
import { storeImage, type StoreImage } from './store-image';
import type { UrlForm } from './connection-url';
import { filled } from '../../model/program';
import type { Workload } from '../../model/workload';
import { optional, type Shape } from '../../shape/kind';
import { flag } from '../../shape/words';
import { backupFolder } from '../backup/backup';

/** The props of a MongoDB database. */
export interface MongoDatabaseProps extends DatabaseProps {
  /**
   * That the server is a replica set of one member, for transactions and change streams, which Prisma and others need. The
   * database is ready when its member takes writes, and its URL names the set. @default false
   */
  readonly replicaSet?: boolean;
}

const mongoShape: Shape<MongoDatabaseProps> = { ...databaseShape, replicaSet: optional(flag) };

const keyFile = 'replica-key';

/**
 * A MongoDB database. The default image is mongo:7.0, the default user `root`, who may use every database of the server.
 * Images before version 5 are asked with their old shell, `mongo`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new MongoDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { MONGO_URL: database.url } });
 * @example
 * const database = new MongoDatabase(this, 'database', { replicaSet: true });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class MongoDatabase extends Database {
  private readonly isReplicaSet: boolean;
  private readonly known: StoreImage;

  constructor(scope: Construct, id: string, props: MongoDatabaseProps = {}) {
    const write = '{ storage: Size.gibibytes(8) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: new.target.name, shape: mongoShape, write });
    const { replicaSet = false, noPassword, init = {} } = checked;
    const kind = mongoKind(replicaSet);
    super(scope, id, kind, checked);
    this.isReplicaSet = replicaSet;
    this.known = storeImage(checked.image ?? kind.image, this.application.folder, checked.version, kind);
    if (replicaSet && noPassword && Object.keys(init).length > 0) this.reportScripts(init);
    if (this.isBackedUp && !canBackUp(this.known)) this.reportTools();
  }

  override get randomSecrets(): readonly string[] {
    return [...super.randomSecrets, ...(this.settings.managed ? [] : this.replicaKeys)];
  }

  protected override get passwordFiles(): Readonly<Record<string, string>> {
    const [key] = this.replicaKeys;
    return { ...super.passwordFiles, ...(key !== undefined && { [keyFile]: key }) };
  }

  // Only members with the same key file trust each other. It is a secret of its own: whoever has it, may do everything.
  private get replicaKeys(): readonly string[] {
    if (!this.isReplicaSet || !this.hasPassword) return [];
    return [this.passwordKey.replace(/_PASSWORD$/, '_REPLICA_KEY')];
  }

  protected override urlForm(): UrlForm {
    const { user, query, ...form } = super.urlForm();
    const { authSource, ...others } = query;
    const login = this.hasPassword && authSource !== undefined ? { authSource } : {};
    const set = this.isReplicaSet && !this.settings.managed ? { replicaSet: replicaSetName } : {};
    return { ...form, user: this.hasPassword ? user : '', query: { ...others, ...login, ...set } };
  }

  protected override serviceWorkload(): Workload {
    const workload = super.serviceWorkload();
    if (!this.isReplicaSet) return workload;
    const path = `${backupFolder}/start.sh`;
    return {
      ...workload,
      // The member has the name that clients use, and must reach itself there before it is ready.
      ownName: 'itself',
      entrypoint: ['sh', path],
      files: [...workload.files, { path: backupFolder, files: { 'start.sh': this.startProgram() } }],
    };
  }

  // The server that runs the scripts would wait for a primary, which a set does not have before it is initiated.
  private reportScripts(init: object): void {
    const write = 'no noPassword, or a Migration instead of init';
    const sentence = `init is not possible in a replica set without a password, because the image runs the scripts before the set is there: write ${write}`;
    this.report({ field: 'init', got: Object.keys(init).join(', '), write, sentence });
  }

  private reportTools(): void {
    const write = 'mongo:4.4 or newer, or no backup';
    const sentence = `backup is not possible with ${this.known.text}, because its tools take the password as an argument only, which process lists show: write ${write}`;
    this.report({ field: 'backup', got: this.known.text, write, sentence });
  }

  private startProgram(): string {
    const shell = mongoShell(this.known);
    const member = `${this.name}:${this.engine.port}`;
    const hasKey = this.replicaKeys.length > 0;
    const key = '/tmp/replica.key';
    return filled(start, {
      // mongod takes a key of letters and digits, in a file that nobody else can read.
      KEY: hasKey ? `(umask 077; sha256sum <${secretFolder}/${keyFile} | cut -c 1-64 >${key})` : ':',
      SHELL: shell.program,
      INITIATE: initiateReplicaSet(shell, this.access, member),
      NAME: replicaSetName,
      MEMBER: member,
      OPTIONS: hasKey ? `--keyFile ${key}` : '',
    });
  }
}
