import type { Construct } from 'constructs';
import type { Amount } from '../../values/sizing';
import type { BackupRecipe } from '../backup/backup';
import { backupKind, type Backup } from '../../values/backup';
import { checkProps } from '../component';
import { DurableService } from './durable-service';
import { optional, type Shape } from '../../shape/kind';
import { cpuAmount, duration, memoryAmount, size } from '../../shape/units';
import { text } from '../../shape/words';
import { Health, timingKind, type HealthTiming } from '../../values/health';
import { imageKind, type ImageSource } from '../../values/image';
import type { Scratch } from '../../model/storage';
import { plain } from '../../model/template';
import { Cpu, Duration, Size } from '../../model/units';
import type { User, Workload } from '../../model/workload';
import type { AddressPart, Reference } from '../../values/reference';
import type { UrlForm } from './connection-url';
import type { StoreNames } from './data-service';
import { internalPort } from '../../model/network';

/** The props of a database. */
export interface DatabaseProps {
  /** An image of the database. @default the official image: see the class of the database */
  readonly image?: ImageSource;
  /** The name of the database in the server. @default the application's name, with _ instead of - */
  readonly database?: string;
  /** The user that owns the database. @default app; root for MongoDB */
  readonly username?: string;
  /** The size of the volume. @default 1 GiB */
  readonly storage?: Size;
  /** CPU request and limit. @default a request of 250 millicores and a limit of 1 core */
  readonly cpu?: Amount<Cpu>;
  /** Memory request and limit. @default 512 MiB for both; 1 GiB for MySQL */
  readonly memory?: Amount<Size>;
  /**
   * When the health checks run and fail.
   * @default every 10 s, 5 retries, a start period of 40 s, a timeout of 5 s (10 s for MongoDB)
   */
  readonly health?: HealthTiming;
  /** How long a stopped database may take to finish its work. After this time, it is killed. @default 60 s */
  readonly grace?: Duration;
  /** When to back up the database, and how many backups to keep. @default no backups */
  readonly backup?: Backup;
}

const databaseShape: Shape<DatabaseProps> = {
  image: optional(imageKind),
  database: optional(text("the name of the database, such as 'shop'")),
  username: optional(text("the name of the user, such as 'app'")),
  storage: optional(size),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  health: optional(timingKind),
  grace: optional(duration),
  backup: optional(backupKind),
};

/** What differs between kinds of databases: mostly facts about the official image. */
export interface DatabaseEngine {
  /** The default image. */
  readonly image: string;
  /** The default user that owns the database. */
  readonly username: string;
  readonly port: number;
  readonly portName: string;
  /** The user and group that the image runs as. */
  readonly user: User;
  /** The default memory request and limit. */
  readonly memory: Size;
  /** The arguments of the program; empty for the image's command. */
  readonly args: readonly string[];
  /** The path of the volume in the container. */
  readonly dataPath: string;
  readonly scratch: readonly Scratch[];
  /** The variables that tell the image its user, its database and the file with the password. */
  readonly variables: (access: {
    username: string;
    database: string;
    passwordFile: string;
  }) => Record<string, string>;
  /** A command of the image that checks whether a host accepts connections. */
  readonly ping: (host: string) => readonly string[];
  /** The memory that the `ping` command needs. */
  readonly pingMemory: Size;
  /** How long the `ping` command may take. */
  readonly pingTimeout: Duration;
  /** How to write the database to a file and to restore it, with programs of the image. */
  readonly backup: (access: {
    username: string;
    database: string;
    passwordFile: string;
    host: string;
  }) => Pick<BackupRecipe, 'extension' | 'functions'>;
  /** The scheme of the connection URL, the parameters that it needs, and those that require TLS. */
  readonly url: Pick<UrlForm, 'scheme' | 'query' | 'tls'>;
}

const secretFolder = '/run/secrets/database';

/** A database with a volume and a password. An environment can replace it with a managed service. */
export abstract class Database extends DurableService {
  /** The user and the database of the component, if it is no managed service. */
  private readonly own: StoreNames;

  private readonly props: DatabaseProps;

  constructor(
    scope: Construct,
    id: string,
    private readonly engine: DatabaseEngine,
    props: DatabaseProps,
  ) {
    const write = '{ storage: Size.gibibytes(8) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: new.target.name, shape: databaseShape, write });
    const { cpu, memory, grace, image, backup } = checked;
    super(scope, id, engine.port, backup, {
      image: image ?? engine.image,
      cpu: cpu ?? { request: Cpu.millicores(250), limit: Cpu.cores(1) },
      memory: memory ?? engine.memory,
      args: engine.args,
      grace: grace ?? Duration.minutes(1),
      user: engine.user,
      scratch: engine.scratch,
    });
    this.props = checked;
    this.own = {
      database: checked.database ?? this.application.name.replaceAll('-', '_'),
      username: checked.username ?? engine.username,
    };
    this.requireUrlSafe('database', this.own.database);
    this.requireUrlSafe('username', this.own.username);
  }

  // Both names are part of the connection URL, and of commands that the image runs at its first start.
  private requireUrlSafe(field: string, got: string): void {
    const write = urlNameProblem(got);
    if (write !== undefined) this.report({ field, got, write });
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

  protected serviceWorkload(): Workload {
    const { engine, props, passwordKey, settings } = this;
    const timing = {
      every: Duration.seconds(10),
      retries: 5,
      startPeriod: Duration.seconds(40),
      ...props.health,
    };
    const workload = this.workload({
      run: 'stateful',
      secretFiles: [{ path: secretFolder, files: { password: passwordKey } }],
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
    const variables = engine.variables({ ...this.own, passwordFile: `${secretFolder}/password` });
    const templates = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, plain(value)]),
    );
    return { ...workload, variables: { ...templates, ...workload.variables } };
  }

  protected recipe({ image, user }: Workload): BackupRecipe {
    const { engine, own, name } = this;
    const passwordFile = `${secretFolder}/password`;
    const { extension, functions } = engine.backup({ ...own, passwordFile, host: name });
    return { extension, functions, image, user, folder: engine.dataPath, programs: {} };
  }
}

/** What to write instead of a wrong name of a database or user; undefined if the name is good. */
function urlNameProblem(name: string): string | undefined {
  if (name === '') return 'a name, such as shop';
  if (!/^[\w-]+$/.test(name)) return 'a name of letters, digits, _ and -';
  if (!/^[A-Za-z_]/.test(name)) return 'a name that starts with a letter or _';
  return name.length > 63 ? `at most 63 characters: this has ${name.length}` : undefined;
}
