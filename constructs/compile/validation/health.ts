import type { Check } from '../../model/health';
import type { Workload } from '../../model/workload';
import { within, type Report } from '../../target/report';

/** What is wrong with the health checks of a workload. */
export function healthIssues({ readiness, liveness, gate }: Workload, report: Report): void {
  for (const [field, probe] of Object.entries({ health: readiness, liveness })) {
    if (probe.kind === 'none') continue;
    within(report, `${field}.every`, probe.every.milliseconds / 1000, 1, 3600, 'seconds');
    within(report, `${field}.timeout`, probe.timeout.milliseconds / 1000, 1, 3600, 'seconds');
    within(report, `${field}.retries`, probe.retries, 1, 100);
    within(report, `${field}.startPeriod`, probe.startPeriod.milliseconds / 1000, 0, 3600, 'seconds');
    checkIssues(probe.check, field, report);
  }
  // Where there is a readiness check, the gate asks the same.
  if (readiness.kind === 'none' && gate.kind === 'check') checkIssues(gate.check, 'check', report);
}

function checkIssues(check: Check, field: string, report: Report): void {
  if (check.kind === 'http' && !/^\/[\w\-./?=&%~+]*$/.test(check.path))
    report(`${field}.path`, check.path, 'a path that starts with /, of the characters of a URL');
  if (check.kind === 'command' && check.command.length === 0)
    report(field === 'check' ? field : `${field}.command`, check.command, 'a program and its arguments');
}
