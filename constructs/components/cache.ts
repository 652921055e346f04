import type { Construct } from 'constructs';
import type { Amount } from '../values/sizing';
import start from './cache-start.sh';
import { requireProps } from './component';
import { DataService } from './databases/data-service';
import { Health, type HealthTiming } from '../values/health';
import type { ImageSource } from '../values/image';
import { filled, oneLine } from '../model/program';
import type { Template } from '../model/template';
import { Duration, Size, type Cpu } from '../model/units';
import type { Workload } from '../model/workload';
import { anyUser } from '../values/user';

/** What a cache takes. */
export interface CacheProps {
  /** @default redis:7.4 */
  readonly image?: ImageSource;
  /** @default 100 millicores requested, 500 at most */
  readonly cpu?: Amount<Cpu>;
  /** Three quarters of the limit hold data; then the least recently used goes. @default 128 MiB */
  readonly memory?: Amount<Size>;
  /** The rhythm of its health check. @default every 10 s, 3 retries, 30 s to start */
  readonly health?: HealthTiming;
}

const port = 6379;

/** Redis, with a password and nothing kept on disk, or the managed service that an environment has in its place. */
export class Cache extends DataService {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CacheProps = {},
  ) {
    const { image, cpu, memory } = requireProps(
      scope,
      id,
      props,
      'nothing, or { memory: Size.mebibytes(256) }',
    );
    super(scope, id, port, {
      image: image ?? 'redis:7.4',
      ...(cpu && { cpu }),
      memory: memory ?? Size.mebibytes(128),
      user: anyUser(999, 999),
      // The image declares /data a volume; without a folder of ours it would be one that nobody owns.
      scratch: ['/tmp', '/data'].map((path) => ({ path, medium: 'memory', size: Size.mebibytes(8) })),
    });
  }

  protected template(host: string, managed: boolean): Template {
    return [`${managed ? 'rediss' : 'redis'}://:`, { secret: this.password.key }, `@${host}/0`];
  }

  protected ownWorkload(): Workload {
    const workload = this.workload({
      run: 'stateful',
      secretFiles: [{ path: '/run/secrets/cache', files: { password: this.password.key } }],
      ports: [{ name: 'redis', number: port }],
      readiness: Health.command(ping('127.0.0.1'), this.props.health).toModel(),
      liveness: Health.tcp(this.props.health).toModel(port),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: ping(this.name) },
        memory: Size.mebibytes(64),
      },
      grace: Duration.seconds(10),
    });
    const most = Math.floor(workload.memory.limit.bytes * 0.75);
    // Redis takes a password from no file and no variable, and arguments are seen in process lists.
    return { ...workload, entrypoint: ['sh', '-c', oneLine(filled(start, { MAXMEMORY: String(most) }))] };
  }
}

// An answer that asks for the password is an answer: the gate of a dependent has no password to show.
function ping(host: string): readonly string[] {
  return ['sh', '-c', `redis-cli -h ${host} ping | grep -Eq 'PONG|NOAUTH'`];
}
