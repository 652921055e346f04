import type { Workload } from '../../model/workload';
import type { Report } from '../../target/report';

const shells = /^(?:\/bin\/|\/usr\/bin\/)?(?:ba|da)?sh$/;

/** Reports what a workload without a shell asks of one. */
export function shellIssues(
  { shell, scratch, entrypoint, readiness, liveness }: Workload,
  report: Report,
): void {
  if (shell.kind === 'own') return;
  const commands = [
    { field: 'command', command: entrypoint },
    ...Object.entries({ health: readiness, liveness }).flatMap(([field, health]) =>
      health.kind === 'probe' && health.check.kind === 'command'
        ? [{ field: `${field}.command`, command: health.check.command }]
        : [],
    ),
  ];
  for (const { field, command } of commands)
    if (shells.test(command[0] ?? ''))
      report(
        field,
        command[0],
        "a program of the image, because its image has no shell, or shell: 'sh' if it has one",
      );
  for (const { path, content } of scratch)
    if (content === 'image')
      report(
        'scratch',
        path,
        "content: 'empty'",
        `scratch ${path} starts with the content of an image without a shell, which nothing can copy: write content: 'empty'`,
      );
}
