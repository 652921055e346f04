import { parseCron, timeZoneProblem } from '../../model/schedule';
import type { Workload } from '../../model/workload';
import { checkNumber, checkSeconds, type Report } from '../../target/report';

/** Reports what is wrong with the schedule of a workload. */
export function scheduleIssues({ schedule, entrypoint }: Workload, report: Report): void {
  if (schedule.kind === 'none') return;
  const { expression, timeZone, startWithin, timeout, retries } = schedule;
  const parsed = parseCron(expression);
  if (parsed.kind === 'problem') report('schedule', expression, parsed.write);
  const zone = timeZoneProblem(timeZone);
  if (zone !== undefined) report('schedule.timeZone', timeZone, zone);
  // The CronJob controller looks for due jobs every 10 seconds.
  checkSeconds(report, 'startWithin', startWithin, 10, 86_400);
  checkSeconds(report, 'timeout', timeout, 1, 604_800);
  checkNumber(report, 'retries', retries, 0, 20);
  if (entrypoint.length === 0) report('command', entrypoint, 'a program and its arguments');
}
