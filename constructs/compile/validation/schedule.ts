import { parseCron, timeZoneProblem } from '../../model/schedule';
import type { Workload } from '../../model/workload';
import { within, type Report } from '../../target/report';

/** What is wrong with the schedule of a workload. */
export function scheduleIssues({ schedule, entrypoint }: Workload, report: Report): void {
  if (schedule.kind === 'none') return;
  const { expression, timeZone, startWithin, timeout, retries } = schedule;
  const parsed = parseCron(expression);
  if (parsed.kind === 'problem') report('schedule', expression, parsed.write);
  const zone = timeZoneProblem(timeZone);
  if (zone !== undefined) report('schedule.timeZone', timeZone, zone);
  // Kubernetes looks every 10 seconds for what is due.
  within(report, 'startWithin', startWithin.milliseconds / 1000, 10, 86_400, 'seconds');
  within(report, 'timeout', timeout.milliseconds / 1000, 1, 604_800, 'seconds');
  within(report, 'retries', retries, 0, 20);
  if (entrypoint.length === 0) report('command', entrypoint, 'a program and its arguments');
}
