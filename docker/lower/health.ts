import { checkCommand } from '../../constructs/target/check';
import type { Beyond } from '../../constructs/target/lowering';
import type { HealthModel } from '../../constructs/model/health';
import type { Deadline, Workload } from '../../constructs/model/workload';
import type { Container } from '../container';
import { schedulerOf } from './schedule';

/** What an engine asks a container, if anything. */
export function engineHealth(health: HealthModel): Pick<Container, 'health'> {
  if (health.kind === 'none') return { health: [] };
  const { check, every, timeout, retries, startPeriod } = health;
  return {
    health: [
      {
        command: checkCommand(check, '127.0.0.1'),
        interval: every.milliseconds,
        timeout: timeout.milliseconds,
        retries,
        startPeriod: startPeriod.milliseconds,
      },
    ],
  };
}

/**
 * Whether a deadline passes before an engine asks for the first time. Since version 25, one asks sooner within the
 * start period; those before it, which are supported too, do not.
 */
export function beforeFirstCheck(deadline: Deadline, { readiness }: Workload): Beyond {
  if (deadline.kind === 'none' || readiness.kind === 'none') return { kind: 'no' };
  const [got, every] = [deadline.time.milliseconds / 1000, readiness.every.milliseconds / 1000];
  if (got > every) return { kind: 'no' };
  // An interval of a second is the shortest that there is.
  const sooner = got > 1 ? `, or less than ${got} seconds for health.every` : '';
  return { kind: 'yes', got, fix: `more than ${every} seconds${sooner}` };
}

/** How long a new container is waited for: until its health check has the last word, or the deadline. */
export function lowerDeadline(deadline: Deadline, workload: Workload): Pick<Container, 'patience'> {
  const [check] = [
    ...engineHealth(workload.readiness).health,
    ...schedulerOf(workload.schedule, workload).health,
  ];
  if (!check) return { patience: 0 };
  const verdict = check.startPeriod + (check.retries + 1) * (check.interval + check.timeout);
  return {
    patience: deadline.kind === 'none' ? verdict : Math.min(verdict, deadline.time.milliseconds),
  };
}
