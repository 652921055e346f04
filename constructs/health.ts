import type { Health as HealthModel } from './model/health';
import { Duration } from './model/units';

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

type Question =
  | { readonly kind: 'http'; readonly path: string }
  | { readonly kind: 'tcp' }
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** How to tell that a workload is healthy. */
export class Health {
  private constructor(
    private readonly question: Question,
    private readonly timing: HealthTiming,
  ) {}

  /** A GET of the path at the component's port answers with a status below 400. */
  static http(path: string, timing: HealthTiming = {}): Health {
    return new Health({ kind: 'http', path }, timing);
  }

  /** The component's port accepts connections. */
  static tcp(timing: HealthTiming = {}): Health {
    return new Health({ kind: 'tcp' }, timing);
  }

  /** A program of the image exits with 0. */
  static command(command: readonly string[], timing: HealthTiming = {}): Health {
    return new Health({ kind: 'command', command }, timing);
  }

  /** The check as the model holds it. */
  toModel(port: number): HealthModel {
    const { every, timeout, retries, startPeriod } = this.timing;
    return {
      kind: 'probe',
      check: this.question.kind === 'command' ? this.question : { ...this.question, port },
      every: every ?? Duration.seconds(10),
      timeout: timeout ?? Duration.seconds(5),
      retries: retries ?? 3,
      startPeriod: startPeriod ?? Duration.seconds(30),
    };
  }
}
