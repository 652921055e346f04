import type { Check, Gate, HealthModel, Probe } from '../model/health';
import { Duration, Size } from '../model/units';

/** The rhythm of a health check. */
export interface HealthTiming {
  /** @default 10 s */
  readonly every?: Duration;
  /** @default 5 s */
  readonly timeout?: Duration;
  /** Failures in a row until the workload counts as unhealthy. @default 3 */
  readonly retries?: number;
  /** Time to start, during which failures do not count. @default 30 s */
  readonly startPeriod?: Duration;
}

/** How to tell that a workload is healthy. */
export class Health {
  protected constructor(
    private readonly check: (port: number) => Check,
    protected readonly timing: HealthTiming,
  ) {}

  /** A GET of the path at the component's port answers with a status below 400. */
  static http(path: string, timing: HealthTiming = {}): Health {
    return new Health((port) => ({ kind: 'http', port, path }), timing);
  }

  /** The component's port accepts connections. */
  static tcp(timing: HealthTiming = {}): Health {
    return new Health((port) => ({ kind: 'tcp', port }), timing);
  }

  /** A program of the image exits with 0. */
  static command(command: readonly string[], timing: HealthTiming = {}): CommandHealth {
    return new CommandHealth(command, timing);
  }

  /** The check as the model holds it. */
  toModel(port: number): Probe {
    return probe(this.check(port), this.timing);
  }
}

/** Health that a component without a port can have too. */
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

/** A gate that asks from outside what the readiness check asks from inside. */
export function gateOf(health: HealthModel, memory = Size.mebibytes(64)): Gate {
  return health.kind === 'none' ? health : { kind: 'check', check: health.check, memory };
}
