import type { Construct } from 'constructs';
import type { Amount } from './sizing';
import { DataService } from './data-service';
import type { Setting } from './environment';
import { Health, type HealthTiming } from './health';
import type { ImageSource } from './image';
import type { Scratch } from './model/storage';
import { plain, type Template } from './model/template';
import { Cpu, Duration, Size } from './model/units';
import type { User, Workload } from './model/workload';

/** What every kind of database takes. */
export interface DatabaseProps {
  /** @default the kind's own, see there */
  readonly image?: ImageSource;
  /** The name of the database. @default the application's name, with _ for - */
  readonly database?: string;
  /** The user that owns it. @default the kind's own, see there */
  readonly username?: string;
  /** @default 1 GiB */
  readonly storage?: Size;
  /** @default 250 millicores requested, 1 core at most */
  readonly cpu?: Amount<Cpu>;
  /** @default 512 MiB */
  readonly memory?: Amount<Size>;
  /** The rhythm of its health check. @default every 10 s, 5 retries, 40 s to start */
  readonly health?: HealthTiming;
  /** @default 60 s */
  readonly grace?: Duration;
}

/** What tells one kind of database from another, in the terms of its official image. */
export interface DatabaseEngine {
  readonly image: string;
  readonly username: string;
  readonly port: number;
  readonly portName: string;
  readonly user: User;
  /** Where the volume is mounted. */
  readonly dataPath: string;
  readonly scratch: readonly Scratch[];
  /** Names the password's file, the user and the database to the image. */
  readonly variables: (access: {
    username: string;
    database: string;
    passwordFile: string;
  }) => Record<string, string>;
  /** Asks a host, by the image's own program, whether it takes connections. */
  readonly ping: (host: string) => readonly string[];
  readonly pingMemory: Size;
  readonly url: (access: {
    username: string;
    password: Template;
    host: string;
    database: string;
    managed: boolean;
  }) => Template;
}

const secretFolder = '/run/secrets/database';

/** A database with a volume of its own, or the managed service that an environment has in its place. */
export abstract class Database extends DataService {
  readonly database: string;
  readonly username: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly engine: DatabaseEngine,
    private readonly props: DatabaseProps,
  ) {
    const { cpu, memory, grace, image } = props;
    super(scope, id, engine.port, {
      image: image ?? engine.image,
      cpu: cpu ?? { request: Cpu.millicores(250), limit: Cpu.cores(1) },
      memory: memory ?? Size.mebibytes(512),
      grace: grace ?? Duration.minutes(1),
      user: engine.user,
      scratch: engine.scratch,
    });
    this.database = props.database ?? this.application.name.replaceAll('-', '_');
    this.username = props.username ?? engine.username;
  }

  override get takes(): readonly Setting[] {
    return [...super.takes, 'storage'];
  }

  protected template(host: string, managed: boolean): Template {
    const { username, database, password } = this;
    return this.engine.url({ username, password: [{ secret: password.key }], host, database, managed });
  }

  protected ownWorkload(): Workload {
    const { engine, props, username, database, password, settings } = this;
    const timing = {
      every: Duration.seconds(10),
      retries: 5,
      startPeriod: Duration.seconds(40),
      ...props.health,
    };
    const workload = this.workload({
      run: 'stateful',
      secretFiles: [{ path: secretFolder, files: { password: password.key } }],
      volumes: [
        {
          name: 'data',
          path: engine.dataPath,
          size: settings.storage ?? props.storage ?? Size.gibibytes(1),
          ownership: 'image',
        },
      ],
      ports: [{ name: engine.portName, number: engine.port }],
      readiness: Health.command(engine.ping('127.0.0.1'), timing).toModel(),
      liveness: Health.tcp(timing).toModel(engine.port),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: engine.ping(this.name) },
        memory: engine.pingMemory,
      },
    });
    const variables = engine.variables({ username, database, passwordFile: `${secretFolder}/password` });
    const own = Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, plain(text)]));
    return { ...workload, environment: { ...own, ...workload.environment } };
  }
}
