import { counted } from '../../constructs/target/amounts';
import { checkCommand, grpcProbeCommand } from '../../constructs/target/check/command';
import type { LimitCheck } from '../../constructs/target/lowering';
import type { HealthModel } from '../../constructs/model/health';
import type { Deadline, Workload } from '../../constructs/model/workload';
import type { Container } from '../container';
import { schedulerHealth } from './schedule';
import { isUncheckable } from './shell';

/** The engine's health check for a readiness check. */
export function engineHealth(
  health: HealthModel,
  { shell, readiness }: Workload,
): Pick<Container, 'health' | 'imageHealth'> {
  if (health.kind === 'none') return { health: [], imageHealth: health.reason === '' ? 'kept' : 'off' };
  if (isUncheckable({ shell, readiness })) return { health: [], imageHealth: 'off' };
  const { check, every, timeout, retries, startPeriod } = health;
  const command =
    check.kind === 'grpc' && shell.kind === 'none'
      ? grpcProbeCommand(check, timeout)
      : checkCommand(check, '127.0.0.1', timeout);
  return {
    health: [
      {
        command,
        interval: every.milliseconds,
        timeout: timeout.milliseconds,
        retries,
        startPeriod: startPeriod.milliseconds,
      },
    ],
    imageHealth: 'kept',
  };
}

/**
 * Whether a deadline passes before the engine runs the first health check. Engines since version 25 check sooner during
 * the start period, but older ones, which are supported as well, do not.
 */
export function beforeFirstCheck(deadline: Deadline, { readiness }: Workload): LimitCheck {
  if (deadline.kind === 'none' || readiness.kind === 'none') return { kind: 'within' };
  const [seconds, every] = [deadline.time.milliseconds / 1000, readiness.every.milliseconds / 1000];
  if (seconds > every) return { kind: 'within' };
  // The shortest interval is one second.
  const sooner = seconds > 1 ? `, or less than ${seconds} seconds for health.every` : '';
  return {
    kind: 'beyond',
    got: counted(seconds, 'second'),
    fix: `more than ${counted(every, 'second')}${sooner}`,
  };
}

/** How long to wait for a new container: until its health check must have passed or failed, or until the deadline. */
export function lowerDeadline(deadline: Deadline, workload: Workload): Pick<Container, 'patience'> {
  const [check] = [
    ...engineHealth(workload.readiness, workload).health,
    ...schedulerHealth(workload.schedule),
  ];
  if (!check) return { patience: 0 };
  const verdict = check.startPeriod + (check.retries + 1) * (check.interval + check.timeout);
  return {
    patience: deadline.kind === 'none' ? verdict : Math.min(verdict, deadline.time.milliseconds),
  };
}
