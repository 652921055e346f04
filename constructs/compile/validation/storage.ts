import { posix } from 'node:path';
import { isLabel } from '../../model/name';
import type { Workload } from '../../model/workload';
import { within, type Report } from '../../target/report';

const hidden = [
  '/',
  '/etc',
  '/usr',
  '/bin',
  '/lib',
  '/proc',
  '/sys',
  '/dev',
  '/var',
  '/run',
  '/home',
  '/root',
];

/** Names of volumes that both targets make themselves. */
const taken = /^(?:files|routes|scratch|secrets|schedule)(?:-\d+)?$/;

/** A ConfigMap holds at most 1 MiB: https://kubernetes.io/docs/concepts/configuration/configmap/ */
const mostConfiguration = 1024 ** 2;

/** What is wrong with the files, volumes and other folders of a workload. */
export function storageIssues(
  { files, volumes, bindMounts, scratch, secretFiles }: Workload,
  report: Report,
): void {
  const mounts = [...files, ...secretFiles, ...volumes, ...bindMounts, ...scratch].map(({ path }) => path);
  for (const path of new Set(mounts)) {
    pathIssues(path, report);
    if (mounts.filter((mount) => mount === path).length > 1)
      report('path', path, 'a folder that nothing else is mounted at');
  }
  for (const { path, files: contents } of files) {
    for (const name of Object.keys(contents))
      if (!/^[-._a-zA-Z0-9]+$/.test(name))
        report('files', posix.join(path, name), 'a file name of letters, digits and - . _');
    const bytes = Object.values(contents).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    within(report, `files ${path}`, bytes, 0, mostConfiguration, 'bytes');
  }
  for (const { name } of volumes)
    if (!isLabel(name) || taken.test(name))
      report('volumes', name, 'a DNS label of its own, such as data: lower-case letters, digits and -');
  for (const { size } of volumes) within(report, 'storage', size.bytes / 1024 ** 2, 1, 67_108_864, 'MiB');
  for (const { size, path } of scratch)
    within(report, `scratch ${path}`, size.bytes / 1024 ** 2, 1, 1_048_576, 'MiB');
}

function pathIssues(path: string, report: Report): void {
  if (!/^\/[\w./-]*$/.test(path) || posix.normalize(path) !== path || (path.length > 1 && path.endsWith('/')))
    report('path', path, 'an absolute path of letters, digits and - . _, without . or .. or a / at its end');
  else if (hidden.includes(path))
    report('path', path, 'a folder of its own: whatever the image has there would be hidden');
}
