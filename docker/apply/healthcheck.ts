import type { ContainerArgs } from '@pulumi/docker';
import type { HealthCheck } from '../container';
import { goDuration } from './engine-units';

/** A health check as an option of a container. */
export function healthcheckOf(check: HealthCheck): NonNullable<ContainerArgs['healthcheck']> {
  const { command, interval, timeout, retries, startPeriod } = check;
  return {
    tests: ['CMD', ...command],
    interval: goDuration(interval),
    timeout: goDuration(timeout),
    retries,
    startPeriod: goDuration(startPeriod),
  };
}
