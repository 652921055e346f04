import type { Template } from '../../model/template';
import type { Workload } from '../../model/workload';
import type { Report } from '../../target/report';

/** What is wrong with the texts that a program is given: an operating system ends each at a NUL. */
export function textIssues(workload: Workload, report: Report): void {
  const { entrypoint, variables, files, readiness, liveness } = workload;
  const given: [string, unknown][] = [
    ...entrypoint.map((text): [string, unknown] => ['command', text]),
    ...workload.arguments.map((text): [string, unknown] => ['args', text]),
    ...Object.entries({ health: readiness, liveness }).flatMap(([field, health]) =>
      health.kind === 'probe' && health.check.kind === 'command'
        ? health.check.command.map((text): [string, unknown] => [`${field}.command`, text])
        : [],
    ),
    ...Object.entries(variables).flatMap(([name, template]) =>
      plainParts(template).map((text): [string, unknown] => [`env.${name}`, text]),
    ),
  ];
  for (const [field, got] of given)
    if (typeof got !== 'string' || got.includes('\0') || isBroken(got))
      report(field, got, 'a text of whole characters, without a NUL');
  for (const { path, files: contents } of files)
    for (const got of Object.values(contents))
      if (typeof got !== 'string' || isBroken(got))
        report(`files ${path}`, got, 'a text of whole characters');
}

function plainParts(template: Template): string[] {
  return template.filter((part) => typeof part === 'string');
}

// Half of a character has no bytes: it would be written as another one.
function isBroken(text: string): boolean {
  return /\p{Cs}/u.test(text);
}
