import type { Construct } from 'constructs';
import type { BackupRecipe } from './backup/backup';
import { readSecret } from './backup/shell';
import { checkProps } from './component';
import type { UrlForm } from './databases/connection-url';
import type { StoreNames } from './databases/data-service';
import { DurableService } from './databases/durable-service';
import backup from './redis/redis-backup.sh';
import { argumentProblems, commonSettings, type OwnSettings } from './redis/redis-args';
import { readRedisImage, type RedisImage } from './redis/redis-image';
import type { RedisProps } from './redis/redis-props';
import {
  dataFolder,
  redisListens,
  redisModules,
  redisNames,
  redisPort,
  redisProgram,
  redisReady,
  redisUrl,
} from './redis/redis';
import { filled, shellQuote } from '../model/program';
import { internalPort } from '../model/network';
import { plain } from '../model/template';
import { Duration, Size } from '../model/units';
import type { Workload } from '../model/workload';
import { optional, type Shape } from '../shape/kind';
import { programArguments } from '../shape/lists';
import { cpuAmount, duration, memoryAmount, size } from '../shape/units';
import { backupKind, type Backup } from '../values/backup';
import { Health, timingKind, type HealthTiming } from '../values/health';
import { imageKind } from '../values/image';
import { noPasswordKind } from '../values/no-password';
import type { AddressPart, Reference } from '../values/reference';
import type { Amount } from '../values/sizing';
import { anyUser } from '../values/user';

/** The props of a store of Redis. */
export interface RedisStoreProps extends RedisProps {
  /**
   * The size of the volume. The append-only file needs up to three times the data, and the snapshot as much as the data.
   * @default 1 GiB
   */
  readonly storage?: Size;
  /**
   * Memory request and limit. Redis uses half of the limit for data, because it needs memory of its own while it writes a
   * snapshot. When this half is full, it refuses to write more, and drops nothing. @default 256 MiB for both
   */
  readonly memory?: Amount<Size>;
  /** When the health checks run and fail. @default every 10 s, 5 retries, a start period of 40 s */
  readonly health?: HealthTiming;
  /** How long a stopped store may take to save its data. After this time, it is killed. @default 60 s */
  readonly grace?: Duration;
  /** When to back up the store, and how many backups to keep. @default no backups */
  readonly backup?: Backup;
}

const storeShape: Shape<RedisStoreProps> = {
  image: optional(imageKind),
  storage: optional(size),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  args: optional(programArguments),
  noPassword: optional(noPasswordKind),
  health: optional(timingKind),
  grace: optional(duration),
  backup: optional(backupKind),
};

const secretFolder = '/run/secrets/store';

const ownSettings: OwnSettings = {
  ...commonSettings,
  appendonly: 'it keeps its data in an append-only file and in snapshots',
  'maxmemory-policy': 'it drops nothing, and new Cache(…) is for keys that may be dropped',
};

/**
 * Redis that keeps its data, for job queues, sessions and everything else that must not be lost: on a volume, with an
 * append-only file and snapshots. A restart that nobody planned loses the writes of the last second at most. When it is
 * full, it refuses to write. An environment can replace it with a managed service.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const queue = new RedisStore(this, 'queue', { storage: Size.gibibytes(2) });
 * new Worker(this, 'worker', { image: 'worker:1.0', env: { CELERY_BROKER_URL: queue.url } });
 */
export class RedisStore extends DurableService {
  private readonly props: RedisStoreProps;
  private readonly flavour: RedisImage;

  constructor(scope: Construct, id: string, props: RedisStoreProps = {}) {
    const write = '{ storage: Size.gibibytes(2) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: 'RedisStore', shape: storeShape, write });
    const { image = 'redis:7.4', cpu, memory, args = [], grace, noPassword } = checked;
    super(scope, id, redisPort, checked.backup, {
      container: {
        image,
        ...(cpu && { cpu }),
        memory: memory ?? Size.mebibytes(256),
        grace: grace ?? Duration.minutes(1),
        user: anyUser(999, 999),
        scratch: [{ path: '/tmp', medium: 'memory', size: Size.mebibytes(8) }],
      },
      noPassword,
    });
    this.props = checked;
    this.flavour = readRedisImage(image, this.application.folder, (problem) => {
      this.report(problem);
    });
    for (const problem of argumentProblems(args, ownSettings)) this.report(problem);
  }

  /** The number of the database in Redis. */
  get database(): Reference {
    return this.reference('database', plain(this.names.database));
  }

  override get parts(): readonly AddressPart[] {
    return [...super.parts, 'database'];
  }

  protected get names(): StoreNames {
    return this.namesOf(redisNames);
  }

  protected urlForm(managed: boolean): UrlForm {
    return redisUrl(managed, this.settings.managed?.username, this.names.database);
  }

  private get passwordFile(): string | undefined {
    return this.hasPassword ? `${secretFolder}/password` : undefined;
  }

  protected serviceWorkload(): Workload {
    const { flavour, props, settings } = this;
    const timing = {
      every: Duration.seconds(10),
      retries: 5,
      startPeriod: Duration.seconds(40),
      ...props.health,
    };
    const { passwordFile } = this;
    const workload = this.workload({
      run: 'stateful',
      secretFiles:
        passwordFile === undefined ? [] : [{ path: secretFolder, files: { password: this.passwordKey } }],
      volumes: [
        {
          name: 'data',
          path: dataFolder,
          size: settings.storage ?? props.storage ?? Size.gibibytes(1),
          ownership: flavour.ownsData ? 'image' : 'target',
        },
      ],
      ports: [internalPort('redis', redisPort)],
      readiness: Health.command(redisReady(flavour, passwordFile), timing).toModel(),
      liveness: Health.tcp(timing).toModel(redisPort),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: redisListens(flavour, this.name) },
        memory: Size.mebibytes(64),
      },
    });
    const most = Math.floor(workload.memory.limit.bytes / 2);
    const start = { passwordFile, settings: [...keptSettings, `maxmemory ${most}`], args: props.args ?? [] };
    return { ...workload, ...redisProgram(flavour, start) };
  }

  // A snapshot cannot be loaded into a server that runs. So a restore starts a second server with the snapshot, which
  // writes it as commands, and sends these to the store.
  protected recipe({ image: reference, user }: Workload): BackupRecipe {
    const { client, server, check, ownsData } = this.flavour;
    const texts = { CLIENT: client, SERVER: server, CHECK: check, HOST: shellQuote(this.name) };
    const modules = redisModules(this.flavour).join('\n    ');
    const { passwordFile } = this;
    const login =
      passwordFile === undefined
        ? ''
        : `${readSecret('REDISCLI_AUTH', passwordFile)}\nexport REDISCLI_AUTH\n`;
    return {
      extension: 'rdb',
      functions: login + filled(backup, { ...texts, MODULES: modules || ':' }),
      programs: {},
      image: reference,
      user,
      folder: ownsData ? dataFolder : '/var/tmp',
    };
  }
}

// The snapshots are those that Redis makes if its configuration says nothing. They are written when it stops, too.
const keptSettings: readonly string[] = [
  `dir ${dataFolder}`,
  'appendonly yes',
  ...['save 3600 1', 'save 300 100', 'save 60 10000'],
  'maxmemory-policy noeviction',
];
