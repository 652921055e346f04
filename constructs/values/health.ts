import type { Check, Gate, HealthModel, Probe } from '../model/health';
import { Duration, Size } from '../model/units';
import { checkCall } from '../shape/call';
import { optional, type Kind, type Shape } from '../shape/kind';
import { command as commandKind } from '../shape/lists';
import { object, options } from '../shape/object';
import { duration } from '../shape/units';
import { instance, number, quoted, text } from '../shape/words';
import { opaque } from './opaque';

/** How often a health check runs, and when it fails. */
export interface HealthTiming {
  /** Time between two checks. @default 10 s */
  readonly every?: Duration;
  /** Time that one check may take. @default 5 s */
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

/**
 * A health check. As `health`, it is the readiness check of a component. As `liveness`, it is the liveness check:
 * Kubernetes restarts the container when it fails.
 *
 * @example Health.http('/health', { every: Duration.seconds(5) })
 */
export class Health {
  protected constructor(
    private readonly check: (port: number) => Check,
    protected readonly timing: HealthTiming,
    /** The name of the port that the check asks; undefined for the main port. */
    readonly portName: string | undefined = undefined,
  ) {}

  /**
   * Healthy if GET on the path, at the component's main port, answers with a status below 400.
   * @example Health.http('/ready', { port: 'metrics' })
   */
  static http(path: string, timing: HealthOptions = {}): Health {
    const shape = { path: text("a path, such as '/health'"), timing: askingOptions };
    checkCall('Health.http', { path, timing }, shape);
    return new Health((port) => ({ kind: 'http', port, path }), timing, timing.port);
  }

  /** Healthy if the component's main port accepts connections. */
  static tcp(timing: HealthOptions = {}): Health {
    checkCall('Health.tcp', { timing }, { timing: askingOptions });
    return new Health((port) => ({ kind: 'tcp', port }), timing, timing.port);
  }

  /** Healthy if the command exits with 0. It runs in the component's container. */
  static command(command: readonly string[], timing: HealthTiming = {}): CommandHealth {
    checkCall('Health.command', { command, timing }, { command: commandKind, timing: timingOptions });
    return new CommandHealth(command, timing);
  }

  /** The check in the model. @param port the number of the port to ask */
  toModel(port: number): Probe {
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

  override toModel(): Probe {
    return probe({ kind: 'command', command: this.command }, this.timing);
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

/** A health check that runs a command. */
export const commandHealthKind: Kind<CommandHealth> = instance(
  (value) => value instanceof CommandHealth,
  "Health.command(['python3', 'healthy.py']), because a worker has no port",
);

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
 * dependents. A command asks its own container, which those pods cannot reach. So they ask the port instead: a Service
 * accepts connections only while the readiness check of one of its pods succeeds.
 *
 * @param port a TCP port of the workload; undefined if it has none, so that nothing can wait for it
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#types-of-probe
 */
export function gateOf(health: HealthModel, port: number | undefined): Gate {
  if (health.kind === 'none') return health;
  const asked: Check | undefined = port === undefined ? undefined : { kind: 'tcp', port };
  const check = health.check.kind === 'command' ? asked : health.check;
  return check === undefined ? { kind: 'none' } : { kind: 'check', check, memory: Size.mebibytes(64) };
}
