import { limits, spaceOf } from '../../model/limits';
import type { Template } from '../../model/template';
import type { Workload } from '../../model/workload';
import { bytes, checkAmount, type Report } from '../../target/report';

/**
 * Reports texts that are too long for the system that every workload runs on, whatever the target: Linux. Values of
 * secrets are not counted, because they are not known.
 */
export function limitIssues(workload: Workload, report: Report): void {
  const { entrypoint, arguments: args, variables, readiness, liveness } = workload;
  const size = (field: string, text: string) => {
    checkAmount(report, field, Buffer.byteLength(text), {
      unit: bytes,
      least: 0,
      most: limits.argument.most,
    });
  };
  const checks = Object.entries({ health: readiness, liveness }).flatMap(([field, health]) =>
    health.kind === 'probe' && health.check.kind === 'command'
      ? health.check.command.map((text) => [`${field}.command`, text] as const)
      : [],
  );
  for (const text of entrypoint.filter(isText)) size('command', text);
  for (const text of args.filter(isText)) size('args', text);
  for (const [field, text] of checks) if (isText(text)) size(field, text);
  const given = Object.entries(variables).map(([name, template]) => `${name}=${textOf(template)}`);
  given.forEach((text) => {
    size(`env.${text.slice(0, text.indexOf('='))} with its name`, text);
  });
  const all = [...entrypoint, ...args, ...given].filter(isText);
  checkAmount(report, 'env, command and args together', spaceOf(all), {
    unit: bytes,
    least: 0,
    most: limits.arguments.most,
  });
  pathIssues(workload, report);
}

// Another check reports what is no text.
function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOf(template: Template): string {
  return template.filter(isText).join('');
}

function pathIssues(workload: Workload, report: Report): void {
  const { files, secretFiles, addedSecrets, volumes, sharedVolumes, bindMounts, scratch } = workload;
  const filled = [...files, ...secretFiles, ...addedSecrets];
  const folders = filled.flatMap(({ path, files: contents }) =>
    Object.keys(contents).map((name) => `${path}/${name}`),
  );
  const mounts = [...filled, ...volumes, ...sharedVolumes, ...bindMounts, ...scratch].map(({ path }) => path);
  for (const path of new Set([...mounts, ...folders].filter(isText))) {
    const longest = Math.max(...path.split('/').map((part) => part.length));
    if (longest > limits.fileName.most)
      report('path', path, `a path whose parts have at most ${limits.fileName.most} characters`);
    if (path.length > limits.path.most)
      report('path', path, `a path of at most ${limits.path.most} characters`);
  }
}
