import type { Construct } from 'constructs';
import type { Amount } from '../../values/sizing';
import type { Backup, BackupRecipe } from '../backup/backup';
import { requireProps } from '../component';
import { DurableService } from './durable-service';
import { Health, type HealthTiming } from '../../values/health';
import type { ImageSource } from '../../values/image';
import type { Scratch } from '../../model/storage';
import { plain, type Template } from '../../model/template';
import { Cpu, Duration, Size } from '../../model/units';
import type { User, Workload } from '../../model/workload';

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
  /** @default 512 MiB; 1 GiB for MySQL */
  readonly memory?: Amount<Size>;
  /** The rhythm of its health check. @default every 10 s, 5 retries, 40 s to start, 5 s for each (10 s for MongoDB) */
  readonly health?: HealthTiming;
  /** @default 60 s */
  readonly grace?: Duration;
  /** When it is written to a file, and which files stay. @default never */
  readonly backup?: Backup;
}

/** What tells one kind of database from another, in the terms of its official image. */
export interface DatabaseEngine {
  readonly image: string;
  readonly username: string;
  readonly port: number;
  readonly portName: string;
  readonly user: User;
  readonly memory: Size;
  /** What the image's program is given; empty for the image's own. */
  readonly args: readonly string[];
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
  /** How long that program may take, with its own start. */
  readonly pingTimeout: Duration;
  /** Writes the database to a file and puts it back, by the image's own programs. */
  readonly backup: (access: {
    username: string;
    database: string;
    passwordFile: string;
    host: string;
  }) => Pick<BackupRecipe, 'extension' | 'functions'>;
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
export abstract class Database extends DurableService {
  readonly database: string;
  readonly username: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly engine: DatabaseEngine,
    private readonly props: DatabaseProps,
  ) {
    const write = 'nothing, or { storage: Size.gibibytes(8) }';
    const { cpu, memory, grace, image } = requireProps(scope, id, props, write);
    super(scope, id, engine.port, props.backup, {
      image: image ?? engine.image,
      cpu: cpu ?? { request: Cpu.millicores(250), limit: Cpu.cores(1) },
      memory: memory ?? engine.memory,
      args: engine.args,
      grace: grace ?? Duration.minutes(1),
      user: engine.user,
      scratch: engine.scratch,
    });
    this.database = props.database ?? this.application.name.replaceAll('-', '_');
    this.username = props.username ?? engine.username;
    this.expectUrlSafe('database', this.database);
    this.expectUrlSafe('username', this.username);
  }

  // Both stand in the connection URL as they are, and in what the image runs at its first start.
  private expectUrlSafe(field: string, got: string): void {
    if (!/^[A-Za-z_][\w-]*$/.test(got) || got.length > 63)
      this.report({ field, got, write: 'at most 63 letters, digits, _ and -, starting with a letter' });
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
    const variables = engine.variables({ username, database, passwordFile: `${secretFolder}/password` });
    const own = Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, plain(text)]));
    return { ...workload, variables: { ...own, ...workload.variables } };
  }

  protected recipe({ image, user }: Workload): BackupRecipe {
    const { engine, username, database, name } = this;
    const passwordFile = `${secretFolder}/password`;
    const own = engine.backup({ username, database, passwordFile, host: name });
    return { ...own, image, user, folder: engine.dataPath, programs: {} };
  }
}
