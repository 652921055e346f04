import type { Construct } from 'constructs';
import { Application } from '../application';
import type { BackupRecipe } from '../backup/backup';
import { checkProps } from '../component';
import type { Issue } from '../../issue';
import type { ContainerProps } from '../container-props';
import { sortedEntries } from '../../model/sorted';
import { plain } from '../../model/template';
import { Cpu, Duration, Size } from '../../model/units';
import type { Workload } from '../../model/workload';
import type { Shape } from '../../shape/kind';
import { Health } from '../../values/health';
import type { AddressPart, Reference } from '../../values/reference';
import { toUser } from '../../values/user';
import type { UrlForm } from './connection-url';
import type { StoreNames } from './data-service';
import { databaseShape, withSharedMemory, type DatabaseProps } from './database-props';
import { DurableService } from './durable-service';
import type { Access, DatabaseEngine, DatabaseKind } from './engine';
import { imageIssues, type ImageFinding } from './image-issues';
import { argumentIssues, scriptIssues, variableIssues } from './own-choices';
import { storeImage, type StoreImage } from './store-image';
import { internalPort } from '../../model/network';

export type { DatabaseProps } from './database-props';

/** The folder with the passwords of a database. */
export const secretFolder = '/run/secrets/database';

/** The folder whose scripts the images run at their first start. */
export const initFolder = '/docker-entrypoint-initdb.d';

/** A database with a volume and a password. An environment can replace it with a managed service. */
export abstract class Database<Engine extends DatabaseEngine = DatabaseEngine> extends DurableService {
  /** The user and the database of the component, if it is no managed service. */
  protected readonly own: StoreNames;
  protected readonly engine: Engine;
  private readonly props: DatabaseProps;

  constructor(
    scope: Construct,
    id: string,
    kind: DatabaseKind<Engine>,
    props: DatabaseProps,
    shape: Shape<DatabaseProps> = databaseShape,
  ) {
    const write = '{ storage: Size.gibibytes(8) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: new.target.name, shape, write });
    const { cpu, memory, grace, backup, init = {}, noPassword } = checked;
    const image = imageOf(scope, kind, checked);
    const engine = kind.engine(image);
    const scripts: ContainerProps['files'] = Object.fromEntries(
      sortedEntries(init).map(([name, content]) => [`${initFolder}/${name}`, content]),
    );
    super(scope, id, engine.port, backup, {
      container: {
        image: checked.image ?? kind.image,
        cpu: cpu ?? { request: Cpu.millicores(250), limit: Cpu.cores(1) },
        memory: memory ?? engine.memory,
        args: [...engine.args, ...(checked.args ?? [])],
        ...(checked.env && { env: checked.env }),
        files: { ...checked.files, ...scripts },
        grace: grace ?? Duration.minutes(1),
        user: checked.user ? toUser(checked.user) : engine.user,
        scratch: withSharedMemory(engine.scratch, checked.sharedMemory),
      },
      noPassword,
    });
    this.props = checked;
    this.engine = engine;
    this.own = {
      database: checked.database ?? this.application.name.replaceAll('-', '_'),
      username: checked.username ?? engine.username,
    };
    this.checkName('database', this.own.database);
    this.checkName('username', this.own.username);
    this.tell(imageIssues(kind, image, checked));
    for (const issue of argumentIssues(checked.args ?? [], engine)) this.report(issue);
    for (const issue of scriptIssues(Object.keys(init), engine)) this.report(issue);
    for (const issue of variableIssues({ ...checked.env, ...this.settings.env }, engine)) this.report(issue);
  }

  /** The name of the database in the server. */
  get database(): Reference {
    return this.reference('database', plain(this.names.database));
  }

  override get parts(): readonly AddressPart[] {
    return [...super.parts, 'database'];
  }

  protected get names(): StoreNames {
    return this.namesOf(this.own);
  }

  protected urlForm(): UrlForm {
    const { username: user, database } = this.names;
    return { ...this.engine.url, user, database };
  }

  /** The user and the database that the image creates. */
  protected get access(): Access {
    return { ...this.own, passwordFile: this.hasPassword ? `${secretFolder}/password` : undefined };
  }

  /** The secrets of the server, by file name. */
  protected get passwordFiles(): Readonly<Record<string, string>> {
    return this.hasPassword ? { password: this.passwordKey } : {};
  }

  // Both names are part of the connection URL, and of commands that the image runs at its first start.
  protected checkName(field: 'username' | 'database', got: string, place: string = field): void {
    const write = urlNameProblem(got) ?? this.engine.nameProblem(field, got);
    if (write !== undefined) this.report({ field: place, got, write });
  }

  protected serviceWorkload(): Workload {
    const { engine, props, settings } = this;
    const timing = {
      every: Duration.seconds(10),
      retries: 5,
      startPeriod: Duration.seconds(40),
      ...props.health,
    };
    const files = this.passwordFiles;
    const workload = this.workload({
      run: 'stateful',
      secretFiles: Object.keys(files).length > 0 ? [{ path: secretFolder, files }] : [],
      volumes: [
        {
          name: 'data',
          path: engine.dataPath,
          size: settings.storage ?? props.storage ?? Size.gibibytes(1),
          ownership: 'image',
        },
      ],
      ports: [internalPort(engine.portName, engine.port)],
      readiness: Health.command(engine.ping('127.0.0.1'), {
        timeout: engine.pingTimeout,
        ...timing,
      }).toModel(),
      liveness: Health.tcp(timing).toModel(engine.port),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: engine.ping(this.name) },
        memory: engine.pingMemory,
      },
    });
    this.checkSharedMemory(workload);
    const templates = Object.fromEntries(
      Object.entries(engine.variables(this.access)).map(([name, value]) => [name, plain(value)]),
    );
    return { ...workload, variables: { ...templates, ...workload.variables } };
  }

  protected recipe({ image, user }: Workload): BackupRecipe {
    const { engine, name } = this;
    const { extension, functions } = engine.backup({ ...this.access, host: name });
    return { extension, functions, image, user, folder: engine.dataPath, programs: {} };
  }

  // The image runs its scripts from files, which the stack has written as `init`.
  protected override report(issue: Omit<Issue, 'path'>): void {
    const named = (text: string) => text.replaceAll(`files ${initFolder}/`, 'init ');
    const { field, sentence } = issue;
    super.report({
      ...issue,
      field: named(field),
      ...(sentence !== undefined && { sentence: named(sentence) }),
    });
  }

  private tell(findings: readonly ImageFinding[]): void {
    for (const { weight, ...issue } of findings)
      if (weight === 'issue') this.report(issue);
      else this.warn(issue);
  }

  private checkSharedMemory({ memory: { limit } }: Workload): void {
    const { sharedMemory: shared } = this.props;
    if (shared === undefined || shared.bytes < limit.bytes) return;
    const mebibytes = ({ bytes }: Size) => `${bytes / 1024 ** 2} MiB`;
    const write = 'a memory limit that is larger, because the shared memory is a part of it';
    const sentence = `sharedMemory is ${mebibytes(shared)}, and the memory limit ${mebibytes(limit)}: write ${write}`;
    this.report({ field: 'sharedMemory', got: mebibytes(shared), write, sentence });
  }
}

function imageOf(scope: Construct, kind: DatabaseKind, { image, version }: DatabaseProps): StoreImage {
  return storeImage(image ?? kind.image, Application.of(scope).folder, version, kind);
}

/** What to write instead of a wrong name of a database or user; undefined if the name is good. */
function urlNameProblem(name: string): string | undefined {
  if (name === '') return 'a name, such as shop';
  if (!/^[\w-]+$/.test(name)) return 'a name of letters, digits, _ and -';
  if (!/^[A-Za-z_]/.test(name)) return 'a name that starts with a letter or _';
  return name.length > 63 ? `at most 63 characters: this has ${name.length}` : undefined;
}
