import { posix } from 'node:path';
import { wordsFor } from '../../model/data';
import type { Template } from '../../model/template';
import type { Workload } from '../../model/workload';
import type { Report } from '../../target/report';

/** Reports text that a program cannot receive as it is. An operating system cuts arguments and variables at a NUL. */
export function textIssues(workload: Workload, report: Report): void {
  const { entrypoint, variables, files, readiness, liveness } = workload;
  const texts: [string, unknown][] = [
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
  for (const [field, got] of texts)
    if (wordsFor(got) !== undefined)
      report(field, got, 'a plain text, and pass the value in env, where the program reads it');
    else if (typeof got !== 'string' || got.includes('\0') || isBroken(got))
      report(field, got, 'valid Unicode text without a NUL character');
  for (const { path, files: contents } of files)
    for (const [name, got] of Object.entries(contents))
      if (typeof got !== 'string' || isBroken(got)) {
        const write = 'valid Unicode text';
        report(
          `files ${path}`,
          got,
          write,
          `files ${posix.join(path, name)} is not valid Unicode: write ${write}`,
        );
      }
}

function plainParts(template: Template): string[] {
  return template.filter((part) => typeof part === 'string');
}

// Half of a surrogate pair cannot be encoded: it would be written as another character.
function isBroken(text: string): boolean {
  return /\p{Cs}/u.test(text);
}
