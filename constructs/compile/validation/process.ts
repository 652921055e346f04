import { posix } from 'node:path';
import { isReservedKey } from '../../model/process';
import type { Workload } from '../../model/workload';
import type { Report } from '../../target/report';

/** Reports what is wrong with how a program is started and stopped, and with its labels and annotations. */
export function processIssues(workload: Workload, report: Report): void {
  folderIssues(workload, report);
  keyIssues('labels', workload.labels, report);
  keyIssues('annotations', workload.annotations, report);
  for (const key of Object.keys(workload.labels).filter((one) => Object.hasOwn(workload.annotations, one)))
    report(
      'annotations',
      key,
      'it in one of them',
      `annotations has ${JSON.stringify(key)}, and labels has it too: write it in one of them`,
    );
  platformIssues(workload, report);
  if (workload.run === 'scheduled' && workload.stopSignal !== 'image')
    report(
      'stopSignal',
      workload.stopSignal,
      'no stopSignal, because a run with a schedule is stopped with SIGTERM',
    );
}

function folderIssues({ workingDirectory: folder }: Workload, report: Report): void {
  if (folder === '') return;
  const normal = posix.normalize(folder);
  const close = normal === '/' ? normal : normal.replace(/\/$/, '');
  if (!folder.startsWith('/')) report('workingDirectory', folder, `an absolute path, such as /${close}`);
  else if (/[\0\p{Cs}]/u.test(folder))
    report('workingDirectory', folder, 'valid Unicode text without a NUL character');
  else if (folder !== close) report('workingDirectory', folder, close);
}

function keyIssues(field: string, texts: Readonly<Record<string, string>>, report: Report): void {
  for (const [key, text] of Object.entries(texts))
    if (key === '' || /[=\0\p{Cs}\s]/u.test(key))
      report(
        field,
        key,
        'a key without spaces and =',
        `${field} has the key ${JSON.stringify(key)}: write a key without spaces and =`,
      );
    else if (isReservedKey(key))
      report(
        field,
        key,
        'another key',
        `${field} has the key ${JSON.stringify(key)}, which others set themselves: write another key`,
      );
    else if (/[\0\p{Cs}]/u.test(text))
      report(`${field} ${key}`, text, 'valid Unicode text without a NUL character');
}

function platformIssues({ platform, image }: Workload, report: Report): void {
  if (platform === 'any' || image.kind !== 'build' || image.platforms.length === 0) return;
  if (image.platforms.includes(platform)) return;
  const built = image.platforms.join(', ');
  report(
    'platform',
    platform,
    `one of ${built}`,
    `platform is ${JSON.stringify(platform)}, and the image is built for ${built}: write one of these, or add it to the platforms of Image.build(…)`,
  );
}
