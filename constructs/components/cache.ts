import type { Construct } from 'constructs';
import type { Amount } from '../values/sizing';
import start from './cache-start.sh';
import { checkProps } from './component';
import type { UrlForm } from './databases/connection-url';
import { DataService, type StoreNames } from './databases/data-service';
import { optional, type Shape } from '../shape/kind';
import { cpuAmount, memoryAmount } from '../shape/units';
import { Health, timingKind, type HealthTiming } from '../values/health';
import { imageKind, type ImageSource } from '../values/image';
import { filled, oneLine } from '../model/program';
import { plain } from '../model/template';
import { Duration, Size, type Cpu } from '../model/units';
import type { Workload } from '../model/workload';
import type { AddressPart, Reference } from '../values/reference';
import { anyUser } from '../values/user';
import { internalPort } from '../model/network';

/** The props of a cache. */
export interface CacheProps {
  /** An image of Redis. @default redis:7.4 */
  readonly image?: ImageSource;
  /** CPU request and limit. @default a request of 100 millicores and a limit of 500 */
  readonly cpu?: Amount<Cpu>;
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
  health: optional(timingKind),
};

const port = 6379;

/**
 * Redis with a password, in memory only: its data is lost when it restarts. An environment can replace it with a
 * managed service.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const cache = new Cache(this, 'cache');
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { REDIS_URL: cache.url } });
 */
export class Cache extends DataService {
  private readonly health: HealthTiming | undefined;

  constructor(scope: Construct, id: string, props: CacheProps = {}) {
    const write = '{ memory: Size.mebibytes(256) }, or leave it out';
    const checked = checkProps(scope, id, props, { of: 'Cache', shape: cacheShape, write });
    const { image, cpu, memory, health } = checked;
    super(scope, id, port, {
      container: {
        image: image ?? 'redis:7.4',
        ...(cpu && { cpu }),
        memory: memory ?? Size.mebibytes(128),
        user: anyUser(999, 999),
        // The image declares /data as a volume. Without this folder, Docker would create an anonymous volume.
        scratch: ['/tmp', '/data'].map((path) => ({ path, medium: 'memory', size: Size.mebibytes(8) })),
      },
    });
    this.health = health;
  }

  /** The number of the database in Redis. */
  get database(): Reference {
    return this.reference('database', plain(this.names.database));
  }

  override get parts(): readonly AddressPart[] {
    return [...super.parts, 'database'];
  }

  // Redis calls the user of a login without a name `default`.
  protected get names(): StoreNames {
    return this.namesOf({ username: 'default', database: '0' });
  }

  protected urlForm(managed: boolean): UrlForm {
    const user = this.settings.managed?.username ?? '';
    const scheme = managed ? 'rediss' : 'redis';
    return { scheme, user, database: this.names.database, query: {}, tls: () => ({}) };
  }

  protected serviceWorkload(): Workload {
    const workload = this.workload({
      run: 'stateful',
      secretFiles: [{ path: '/run/secrets/cache', files: { password: this.passwordKey } }],
      ports: [internalPort('redis', port)],
      readiness: Health.command(ping('127.0.0.1'), this.health).toModel(),
      liveness: Health.tcp(this.health).toModel(port),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: ping(this.name) },
        memory: Size.mebibytes(64),
      },
      grace: Duration.seconds(10),
    });
    const most = Math.floor(workload.memory.limit.bytes * 0.75);
    // Redis cannot read a password from a file or a variable, and process lists show arguments. So the script writes
    // the password into a configuration file.
    return { ...workload, entrypoint: ['sh', '-c', oneLine(filled(start, { MAXMEMORY: String(most) }))] };
  }
}

// This check has no password, because components that wait for Redis run it too. The answer NOAUTH, which means that
// Redis wants a password, also shows that Redis is ready.
function ping(host: string): readonly string[] {
  return ['sh', '-c', `redis-cli -h ${host} ping | grep -Eq 'PONG|NOAUTH'`];
}
