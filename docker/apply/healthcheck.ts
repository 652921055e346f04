import type { ContainerArgs } from '@pulumi/docker';
import { goDuration } from '../../constructs/target/amounts';
import type { HealthCheck } from '../container';

/**
 * A health check as an option of a container. Durations have the format in which the provider reads them back. In another
 * format, Pulumi would see a difference.
 */
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
