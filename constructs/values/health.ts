import type { Check, Gate, HealthModel, Probe } from '../model/health';
import { sortedKeys } from '../model/sorted';
import { Duration, Size } from '../model/units';
import type { Dependency } from '../model/workload';
import { checkCall } from '../shape/call';
import { kindOf, optional, type Kind, type Shape } from '../shape/kind';
import { command as commandKind, recordOf } from '../shape/lists';
import { object, options } from '../shape/object';
import { duration } from '../shape/units';
import { instance, number, quoted, text } from '../shape/words';
import { opaque } from './opaque';

/** How often a health check runs, and when it fails. */
export interface HealthTiming {
  /** Time between two checks. @default 10 s */
  readonly every?: Duration;
  /** Time that one check may take, with all its redirects, whatever program asks. @default 5 s */
  readonly timeout?: Duration;
  /** Number of failures in a row after which the workload is unhealthy. @default 3 */
  readonly retries?: number;
  /** Time after the start during which failures do not count. @default 30 s */
  readonly startPeriod?: Duration;
}

/** The options of a check that asks a port. */
export interface HealthOptions extends HealthTiming {
  /** The name of the port to ask. @default the main port @example 'metrics' */
  readonly port?: string;
}

/** The options of a check by HTTP. */
export interface HttpHealthOptions extends HealthOptions {
  /**
   * Headers of the request. They are written as plain text, so no header can hold a secret.
   * @default Accept and User-Agent, as a kubelet sends them
   * @example { Accept: 'text/plain' }
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The header `Host`, for a program that answers only to its public name. The check still asks the component itself.
   * @default the host and port that are asked
   * @example 'shop.example.com'
   */
  readonly host?: string;
}

/** The options of a check by gRPC. */
export interface GrpcHealthOptions extends HealthOptions {
  /** The service to ask about. @default '', which is the whole server */
  readonly service?: string;
}

const timingShape: Shape<HealthTiming> = {
  every: optional(duration),
  timeout: optional(duration),
  retries: optional(number('a whole number from 1 to 100')),
  startPeriod: optional(duration),
};

const timingExample = '{ every: Duration.seconds(10) }';

/** When the checks of a data service run and fail. */
export const timingKind: Kind<HealthTiming> = object(timingShape, {
  title: 'a field of health',
  write: timingExample,
});

const timingOptions = options(timingShape, timingExample);

const askingShape: Shape<HealthOptions> = {
  ...timingShape,
  port: optional(text("the name of one of the component's ports, such as 'metrics'")),
};

const askingOptions = options(askingShape, timingExample);

const httpOptions: Kind<HttpHealthOptions> = options<HttpHealthOptions>(
  {
    ...askingShape,
    headers: optional(recordOf(text('a plain text'), "an object, such as { Accept: 'text/plain' }")),
    host: optional(text("a host name, such as 'shop.example.com'")),
  },
  timingExample,
);

const grpcOptions: Kind<GrpcHealthOptions> = options<GrpcHealthOptions>(
  { ...askingShape, service: optional(text("the name of a service, such as 'shop.Orders'")) },
  "{ service: 'shop.Orders' }",
);

const reasonKind: Kind<string> = kindOf((value) =>
  typeof value === 'string' && value.trim() !== ''
    ? undefined
    : "why there is no check, such as 'it answers by UDP alone'",
);

/**
 * A health check. As `health`, it is the readiness check of a component: while it fails, the component gets no requests,
 * and those that wait for it do not start. As `liveness`, it is the liveness check: Kubernetes restarts the container
 * when it fails.
 *
 * A check is healthy or not in the same way everywhere: when the kubelet asks, when the Docker engine runs it in the
 * container with whatever program the image has, and when a component that waits asks from its own pod.
 *
 * @example Health.http('/health', { every: Duration.seconds(5) })
 */
export class Health {
  protected constructor(
    private readonly check: (port: number) => Check,
    protected readonly timing: HealthTiming,
    /** The name of the port that the check asks; undefined for the main port. @default the main port */
    readonly portName?: string,
  ) {}

  /**
   * Healthy if GET on the path, at the component's main port, answers with a status from 200 to 399 before the timeout.
   * A redirect to the same host name is followed, at most nine times, and its answer counts; one to https is followed too,
   * and its certificate is not verified. A redirect to another host name is healthy, and is not followed.
   *
   * @example Health.http('/health', { headers: { Accept: 'text/plain' }, host: 'shop.example.com' })
   * @example Health.http('/ready', { port: 'metrics' })
   */
  static http(path: string, options: HttpHealthOptions = {}): Health {
    const shape = { path: text("a path, such as '/health'"), timing: httpOptions };
    checkCall('Health.http', { path, timing: options }, shape);
    const { host = '' } = options;
    const headers = sortedKeys(options.headers ?? {});
    return new Health((port) => ({ kind: 'http', port, path, host, headers }), options, options.port);
  }

  /** Healthy if the component's main port accepts a connection before the timeout. */
  static tcp(timing: HealthOptions = {}): Health {
    checkCall('Health.tcp', { timing }, { timing: askingOptions });
    return new Health((port) => ({ kind: 'tcp', port }), timing, timing.port);
  }

  /**
   * Healthy if the component's main port answers a gRPC health check with SERVING before the timeout, without TLS. On Docker,
   * the image needs `grpc_health_probe`, or a shell and a curl that speaks HTTP/2; otherwise, write a `Health.command`.
   *
   * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
   * @example Health.grpc({ service: 'shop.Orders' })
   */
  static grpc(options: GrpcHealthOptions = {}): Health {
    checkCall('Health.grpc', { options }, { options: grpcOptions });
    const { service = '' } = options;
    return new Health((port) => ({ kind: 'grpc', port, service }), options, options.port);
  }

  /** Healthy if the command exits with 0 before the timeout. It runs in the component's container. */
  static command(command: readonly string[], timing: HealthTiming = {}): CommandHealth {
    checkCall('Health.command', { command, timing }, { command: commandKind, timing: timingOptions });
    return new CommandHealth(command, timing);
  }

  /**
   * No check, and why. The component counts as healthy as soon as its program runs. Components that wait for it, or refer
   * to it, start once it has started, so they must try again while it does not answer yet.
   *
   * @example Health.none('it answers by UDP alone')
   */
  static none(reason: string): NoHealth {
    checkCall('Health.none', { reason }, { reason: reasonKind });
    return new NoHealth(reason);
  }

  /** The check in the model. @param port the number of the port to ask */
  toModel(port: number): HealthModel {
    return probe(this.check(port), this.timing);
  }
}

/** A health check that needs no port, so that a Worker can have it; see {@link Health.command}. */
export class CommandHealth extends Health {
  constructor(
    private readonly command: readonly string[],
    timing: HealthTiming,
  ) {
    super(() => ({ kind: 'command', command }), timing);
  }

  override toModel(): HealthModel {
    return probe({ kind: 'command', command: this.command }, this.timing);
  }
}

/** No health check, with the reason; see {@link Health.none}. */
export class NoHealth extends Health {
  constructor(private readonly reason: string) {
    super(() => ({ kind: 'command', command: [] }), {});
  }

  override toModel(): HealthModel {
    return { kind: 'none', reason: this.reason };
  }
}

opaque(Health.prototype, () => ({
  what: 'a health check',
  write: 'it as the health or the liveness of a component',
}));

/** A health check. */
export const healthKind: Kind<Health> = instance(
  (value) => value instanceof Health,
  (value) => `Health.http(${typeof value === 'string' ? quoted(value) : "'/health'"})`,
);

/** A health check that runs a command, or none. */
export const commandHealthKind: Kind<CommandHealth | NoHealth> = instance(
  (value) => value instanceof CommandHealth || value instanceof NoHealth,
  "Health.command(['python3', 'healthy.py']), because a worker has no port",
);

/** How others wait for a component with this readiness check: until it is ready, or has started if it has no check. */
export function waitFor(workload: string, health: Health | undefined): Dependency {
  return { workload, until: health instanceof NoHealth ? 'started' : 'ready' };
}

function probe(check: Check, { every, timeout, retries, startPeriod }: HealthTiming): Probe {
  return {
    kind: 'probe',
    check,
    every: every ?? Duration.seconds(10),
    timeout: timeout ?? Duration.seconds(5),
    retries: retries ?? 3,
    startPeriod: startPeriod ?? Duration.seconds(30),
  };
}

/**
 * The check by which dependents wait for a workload: its readiness check. On Kubernetes, it runs in the pods of the
 * dependents. A command asks its own container, which those pods cannot reach, and no common image can ask by gRPC. So they
 * ask the port instead: a Service accepts connections only while the readiness check of one of its pods succeeds.
 *
 * @param port a TCP port of the workload; undefined if it has none, so that nothing can wait for it
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#types-of-probe
 */
export function gateOf(health: HealthModel, port: number | undefined): Gate {
  if (health.kind === 'none') return { kind: 'none' };
  const { check: own } = health;
  const asked: Check | undefined = port === undefined ? undefined : { kind: 'tcp', port };
  const check = own.kind === 'http' || own.kind === 'tcp' ? own : asked;
  return check === undefined ? { kind: 'none' } : { kind: 'check', check, memory: Size.mebibytes(64) };
}
