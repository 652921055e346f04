import type { Check } from '../../model/health';
import { headerHostProblem, headerNameProblem, headerValueProblem, serviceProblem } from '../../model/header';
import { healthPathProblem } from '../../model/url-path';
import type { Workload } from '../../model/workload';
import { checkName, checkNumber, checkSeconds, type Report } from '../../target/report';

/** Reports what is wrong with the health checks of a workload. */
export function healthIssues({ run, entrypoint, readiness, liveness, gate }: Workload, report: Report): void {
  for (const [field, probe] of Object.entries({ health: readiness, liveness })) {
    if (probe.kind === 'none') continue;
    checkSeconds(report, `${field}.every`, probe.every, 1, 3600);
    checkSeconds(report, `${field}.timeout`, probe.timeout, 1, 3600);
    checkNumber(report, `${field}.retries`, probe.retries, 1, 100);
    checkSeconds(report, `${field}.startPeriod`, probe.startPeriod, 0, 3600);
    checkIssues(probe.check, field, report);
  }
  // A gate with a readiness check uses that same check, which is reported above.
  // A repeatable migration is its own check, and its command is reported as such.
  const isOwnCommand = run === 'once' && entrypoint.length === 0;
  if (readiness.kind === 'none' && gate.kind === 'check' && !isOwnCommand)
    checkIssues(gate.check, 'check', report);
}

function checkIssues(check: Check, field: string, report: Report): void {
  if (check.kind === 'http') {
    checkName(report, `${field}.path`, check.path, healthPathProblem);
    if (check.host !== '') checkName(report, `${field}.host`, check.host, headerHostProblem);
    headerIssues(check.headers, `${field}.headers`, report);
  }
  if (check.kind === 'grpc') checkName(report, `${field}.service`, check.service, serviceProblem);
  if (check.kind === 'command' && check.command.length === 0)
    report(field === 'check' ? field : `${field}.command`, check.command, 'a program and its arguments');
}

function headerIssues(headers: Readonly<Record<string, string>>, field: string, report: Report): void {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  for (const [index, [name, value]] of Object.entries(headers).entries()) {
    const write = headerNameProblem(name);
    if (write !== undefined)
      report(field, name, write, `${field} has the header ${JSON.stringify(name)}: write ${write}`);
    else if (names.indexOf(name.toLowerCase()) < index)
      report(
        field,
        name,
        'each header once',
        `${field} has the header ${name} twice: write each header once`,
      );
    else checkName(report, `${field}.${name}`, value, headerValueProblem);
  }
}
