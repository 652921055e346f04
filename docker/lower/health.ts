import { counted } from '../../constructs/target/amounts';
import { checkCommand, grpcProbeCommand } from '../../constructs/target/check/command';
import type { LimitCheck, Lowering } from '../../constructs/target/lowering';
import type { HealthModel } from '../../constructs/model/health';
import type { ApplicationModel, Deadline, Workload } from '../../constructs/model/workload';
import type { Container } from '../container';
import { schedulerHealth } from './schedule';
import { isUncheckable } from './shell';

/** How Docker checks whether a container is ready. */
export const loweringOfReadiness = {
  support: 'emulated',
  differences: [
    {
      when: ({ kind }) => kind === 'probe',
      note:
        'The engine runs the check inside the container, with a program of the image: for HTTP the first of curl, ' +
        'wget, python3, node and bash, for a port the first of python3, node, bash and nc, for gRPC grpc_health_probe or ' +
        'a curl that speaks HTTP/2. With @pulumi/docker, a new container gets requests once its whole release is ' +
        'healthy. After that, and always with compose, a container that listens gets requests, ready or not',
    },
  ],
  lower: engineHealth,
} satisfies Lowering<Workload['readiness'], Partial<Container>, ApplicationModel>;

/** How Docker keeps the deadline of a release. */
export const loweringOfDeadline = {
  support: 'limited',
  differences: [
    {
      when: ({ kind }) => kind === 'after',
      note:
        'With @pulumi/docker, a release that is not healthy by its deadline fails, and the old containers keep running; ' +
        'they stop first if a port or data cannot be shared. compose always stops the old containers first, and waits ' +
        'as long as `up --wait --wait-timeout` says. Containers that run to completion have no deadline',
    },
  ],
  limit: beforeFirstCheck,
  reason: 'an engine runs the first health check after one interval, so no container is healthy before that',
  lower: lowerDeadline,
} satisfies Lowering<Workload['deadline'], Partial<Container>, ApplicationModel>;

/** The engine's health check for a readiness check. */
function engineHealth(
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
function beforeFirstCheck(deadline: Deadline, { readiness }: Workload): LimitCheck {
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
function lowerDeadline(deadline: Deadline, workload: Workload): Pick<Container, 'patience'> {
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
