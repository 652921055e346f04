import type { Construct } from 'constructs';
import type { Amount } from '../values/sizing';
import { checkProps } from './component';
import type { UrlForm } from './databases/connection-url';
import { DataService, type StoreNames } from './databases/data-service';
import { argumentProblems, commonSettings, type OwnSettings } from './redis/redis-args';
import { readRedisImage, type RedisImage } from './redis/redis-image';
import type { RedisProps } from './redis/redis-props';
import { dataFolder, redisListens, redisNames, redisPort, redisProgram, redisUrl } from './redis/redis';
import { optional, type Shape } from '../shape/kind';
import { programArguments } from '../shape/lists';
import { cpuAmount, memoryAmount } from '../shape/units';
import { Health, timingKind, type HealthTiming } from '../values/health';
import { imageKind } from '../values/image';
import { noPasswordKind } from '../values/no-password';
import { plain } from '../model/template';
import { Duration, Size } from '../model/units';
import type { Workload } from '../model/workload';
import type { AddressPart, Reference } from '../values/reference';
import { anyUser } from '../values/user';
import { internalPort } from '../model/network';

/** The props of a cache. */
export interface CacheProps extends RedisProps {
  /**
   * Memory request and limit. Redis uses three quarters of the limit for data. When this part is full, it deletes the
   * least recently used keys. @default 128 MiB for both
   */
  readonly memory?: Amount<Size>;
  /** When the health checks run and fail. @default every 10 s, 3 retries, a start period of 30 s */
  readonly health?: HealthTiming;
}

const cacheShape: Shape<CacheProps> = {
  image: optional(imageKind),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  args: optional(programArguments),
  noPassword: optional(noPasswordKind),
  health: optional(timingKind),
};

const passwordFolder = '/run/secrets/cache';

const kept = 'it keeps nothing on a disk, and new RedisStore(…) is for data that must stay';

const ownSettings: OwnSettings = { ...commonSettings, appendonly: kept, save: kept };

/**
 * Redis with a password, in memory only: its data is lost when it restarts, and it drops keys when it is full. For job
 * queues and other data that must stay, use `RedisStore`. An environment can replace a cache with a managed service.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const cache = new Cache(this, 'cache');
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { REDIS_URL: cache.url } });
 */
export class Cache extends DataService {
  private readonly props: CacheProps;
  private readonly flavour: RedisImage;

  constructor(scope: Construct, id: string, props: CacheProps = {}) {
    const write = '{ memory: Size.mebibytes(256) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: 'Cache', shape: cacheShape, write });
    const { image = 'redis:7.4', cpu, memory, args = [], noPassword } = checked;
    super(scope, id, redisPort, {
      container: {
        image,
        ...(cpu && { cpu }),
        memory: memory ?? Size.mebibytes(128),
        user: anyUser(999, 999),
        // The image declares /data as a volume. Without this folder, Docker would create an anonymous volume.
        scratch: ['/tmp', dataFolder].map((path) => ({ path, medium: 'memory', size: Size.mebibytes(8) })),
      },
      noPassword,
    });
    this.props = checked;
    this.flavour = readRedisImage(image, this.application.folder, (problem) => {
      this.report(problem);
    });
    for (const problem of argumentProblems(args, ownSettings, keepsAll)) this.report(problem);
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

  protected serviceWorkload(): Workload {
    const { flavour, props } = this;
    const workload = this.workload({
      run: 'stateful',
      secretFiles: this.hasPassword ? [{ path: passwordFolder, files: { password: this.passwordKey } }] : [],
      ports: [internalPort('redis', redisPort)],
      readiness: Health.command(redisListens(flavour, '127.0.0.1'), props.health).toModel(),
      liveness: Health.tcp(props.health).toModel(redisPort),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: redisListens(flavour, this.name) },
        memory: Size.mebibytes(64),
      },
      grace: Duration.seconds(10),
    });
    const most = Math.floor(workload.memory.limit.bytes * 0.75);
    const settings = ['save ""', `maxmemory ${most}`, 'maxmemory-policy allkeys-lru'];
    const passwordFile = this.hasPassword ? `${passwordFolder}/password` : undefined;
    const start = { passwordFile, settings, args: props.args ?? [] };
    return { ...workload, ...redisProgram(flavour, start) };
  }
}

function keepsAll(name: string, value: string): string | undefined {
  return name === 'maxmemory-policy' && value.toLowerCase() === 'noeviction'
    ? 'a cache drops keys when it is full, and new RedisStore(…) drops nothing'
    : undefined;
}
