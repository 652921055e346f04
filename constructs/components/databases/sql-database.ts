import type { Construct } from 'constructs';
import { sortedEntries } from '../../model/sorted';
import type { Template } from '../../model/template';
import type { Workload } from '../../model/workload';
import { optional, type Shape } from '../../shape/kind';
import type { BackupRecipe } from '../backup/backup';
import { checkProps } from '../component';
import type { UrlOptions } from './connection-url';
import { passwordSecret, type StoreNames } from './data-service';
import { Database, initFolder, secretFolder } from './database';
import { databaseShape, type DatabaseProps } from './database-props';
import type { DatabaseKind } from './engine';
import { NamedDatabase } from './named-database';
import {
  databaseNames,
  databasesKind,
  initName,
  mergedFolders,
  programFolders,
  readyCheck,
  type NamedDatabaseProps,
  type OtherDatabase,
  type SqlEngine,
} from './several';

/** The props of a database whose server can have several databases. */
export interface SqlDatabaseProps extends DatabaseProps {
  /**
   * More databases in the same server, by name. Each has a user that owns it, and a password of its own: a secret that is
   * named after both, such as `DATABASE_REPORTS_PASSWORD`. A user may use its own database only;
   * but the user of a PostgreSQL component may use all of them, because it is the administrator. They are made at the first start, before the scripts of `init`. One that you add later is made when the
   * server starts the next time, which the update does. One that you take out stays in the server, with its data.
   * Backups contain all of them. @default none
   * @example { reports: { username: 'reporter' } }
   */
  readonly databases?: Readonly<Record<string, NamedDatabaseProps>>;
}

export const sqlShape: Shape<SqlDatabaseProps> = { ...databaseShape, databases: optional(databasesKind) };

/** Another database of the server, and its owner. */
interface Named extends StoreNames {
  /** Whether the owner is the user of the component itself. */
  readonly isShared: boolean;
  /** The name of the password's secret. */
  readonly key: string;
}

/** A database whose server can have several databases. */
export abstract class SqlDatabase extends Database<SqlEngine> {
  private readonly others: ReadonlyMap<string, Named>;

  constructor(scope: Construct, id: string, kind: DatabaseKind<SqlEngine>, props: SqlDatabaseProps) {
    const write = '{ storage: Size.gibibytes(8) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: new.target.name, shape: sqlShape, write });
    super(scope, id, kind, checked);
    const given = sortedEntries(checked.databases ?? {});
    this.others = new Map(given.map(([name, one]) => [name, this.named(name, one)]));
    this.checkOthers();
    const early = Object.keys(checked.init ?? {}).filter((name) => name <= initName);
    if (given.length > 0 && early.length > 0) {
      const [got = ''] = early;
      const write = 'a name that sorts after it, such as 10-schema.sql';
      const sentence = `init has ${JSON.stringify(got)}, and ${initName} makes the databases before: write ${write}`;
      this.report({ field: `init.${got}`, got, write, sentence });
    }
  }

  /**
   * One of the `databases` of the server. An unknown name is reported as an issue.
   *
   * @example database.at('reports').url
   */
  at(name: string): NamedDatabase {
    const found = this.others.get(name);
    if (!found) {
      const write = databaseNames([...this.others.keys()]);
      const sentence = `at(${JSON.stringify(name)}) is not a database of ${this.name}: write ${write}`;
      this.report({ field: 'at', got: name, write, sentence });
    }
    const named = found ?? { ...this.names, isShared: true, key: this.passwordKey };
    return new NamedDatabase(
      () => ({
        endpoint: this.endpoint,
        host: this.host,
        port: this.port,
        password: () => this.passwordOf(named.key),
        url: (options) => this.urlTo(named, options),
        reference: (part, template) => this.reference(part, template),
      }),
      named,
    );
  }

  override get randomSecrets(): readonly string[] {
    const own = this.hasPassword && !this.settings.managed;
    return [...super.randomSecrets, ...(own ? [...this.others.values()].map(({ key }) => key) : [])];
  }

  protected override get passwordFiles(): Readonly<Record<string, string>> {
    const keys = this.hasPassword ? [...this.others.values()].filter(({ isShared }) => !isShared) : [];
    return {
      ...super.passwordFiles,
      ...Object.fromEntries(keys.map(({ database, key }) => [fileOf(database), key])),
    };
  }

  protected override serviceWorkload(): Workload {
    const workload = super.serviceWorkload();
    const { readiness, files } = workload;
    const ensured = [...this.engine.missing(this.access), ...this.otherDatabases()];
    if (ensured.length === 0 || readiness.kind === 'none' || readiness.check.kind !== 'command')
      return workload;
    const programs = programFolders(this.engine.ensure(this.access, ensured), initFolder);
    const command = readyCheck(readiness.check.command);
    return {
      ...workload,
      files: mergedFolders([...programs, ...files]),
      readiness: { ...readiness, check: { kind: 'command', command } },
    };
  }

  protected override recipe(service: Workload): BackupRecipe {
    const recipe = super.recipe(service);
    if (this.others.size === 0) return recipe;
    return {
      ...recipe,
      ...this.engine.backupAll({ ...this.access, host: this.name }, this.otherDatabases()),
    };
  }

  private named(database: string, { username = database }: NamedDatabaseProps): Named {
    const isShared = username === this.own.username;
    const key = isShared ? this.passwordKey : passwordSecret(this.name, database.replace(/\W/g, '_'));
    return { database, username, isShared, key };
  }

  private otherDatabases(): readonly OtherDatabase[] {
    return [...this.others.values()].map(({ database, username, isShared }) => {
      const passwordFile = `${secretFolder}/${isShared ? 'password' : fileOf(database)}`;
      return { database, username, isShared, passwordFile: this.hasPassword ? passwordFile : undefined };
    });
  }

  private urlTo({ username: user, database, key }: Named, options?: UrlOptions): Template {
    const form = { ...this.engine.url, user, database };
    return this.urlOf(form, key, options && this.checkedUrl(options));
  }

  private checkOthers(): void {
    const all = [...this.others.values()];
    for (const [index, { database, username, isShared, key }] of all.entries()) {
      const before = all.slice(0, index);
      const field = `databases.${database}`;
      this.checkName('database', database, field);
      if (database === this.own.database || this.engine.systemDatabases.includes(database)) {
        const write = 'another name, because the server has a database of this name already';
        this.report({ field, got: database, write });
      }
      const twin = before.find((other) => !isShared && other.key === key);
      if (twin) {
        const write = `another name, because the secret of ${twin.database} has the same name, ${key}`;
        this.report({ field, got: database, write });
      }
      this.checkOwner(username, isShared, `${field}.username`, before);
    }
  }

  private checkOwner(username: string, isShared: boolean, field: string, before: readonly Named[]): void {
    this.checkName('username', username, field);
    if (isShared) return;
    if (username === this.engine.administrator) {
      const write = `another user, or username: '${username}' for the whole component, because this is the administrator`;
      this.report({ field, got: username, write });
    }
    const other = before.find((one) => one.username === username);
    if (!other) return;
    const write = `another user, because ${other.database} has this one, and each has a password of its own; or ${this.own.username}, the user of the component`;
    this.report({ field, got: username, write });
  }
}

/** The file with the password of the owner of a database. */
function fileOf(database: string): string {
  return `${database}.password`;
}
