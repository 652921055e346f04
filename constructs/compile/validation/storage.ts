import { posix } from 'node:path';
import { limits } from '../../model/limits';
import { isKey, isLabel, keyHint, labelHint } from '../../model/name';
import type { Size } from '../../model/units';
import type { Workload } from '../../model/workload';
import { bytes, checkAmount, mebibytes, type Report } from '../../target/report';

/** Folders of the image that programs need. A mount at such a path would hide its content. */
const systemFolders = [
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

/** Names of the volumes that the targets make themselves. */
const reserved = /^(?:files|routes|scratch|secrets|schedule)(?:-\d+)?$/;

/** Reports what is wrong with the files, volumes and other folders of a workload. */
export function storageIssues(
  { files, volumes, bindMounts, scratch, secretFiles }: Workload,
  report: Report,
): void {
  const mounts = [...files, ...secretFiles, ...volumes, ...bindMounts, ...scratch].map(({ path }) => path);
  for (const path of new Set(mounts)) {
    pathIssues(path, report);
    if (mounts.filter((mount) => mount === path).length > 1)
      report('path', path, 'a path where nothing else is mounted');
  }
  for (const { path, files: contents } of files) {
    for (const name of Object.keys(contents))
      if (!isKey(name)) {
        const got = `${path}/${name}`;
        const write = /^[-._a-zA-Z0-9]+$/.test(name) ? keyHint : 'a file name of letters, digits and - . _';
        report('files', got, write, `files has ${JSON.stringify(got)}: write ${write}`);
      }
    const size = Object.values(contents).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    checkAmount(report, `files ${path}`, size, { unit: bytes, least: 0, most: limits.configuration.most });
  }
  for (const { name } of volumes)
    if (!isLabel(name) || reserved.test(name)) {
      const write = isLabel(name) ? 'another name, because Catamaran uses this one itself' : labelHint;
      report('volumes', name, write, `volumes has ${JSON.stringify(name)}: write ${write}`);
    }
  for (const { size } of volumes) checkMebibytes(report, 'storage', size, 67_108_864);
  for (const { size, path } of scratch) checkMebibytes(report, `scratch ${path}`, size, 1_048_576);
}

function checkMebibytes(report: Report, field: string, size: Size, most: number): void {
  checkAmount(report, field, size.bytes / 1024 ** 2, { unit: mebibytes, least: 1, most });
}

function pathIssues(path: string, report: Report): void {
  if (!/^\/[\w./-]*$/.test(path) || posix.normalize(path) !== path || (path.length > 1 && path.endsWith('/')))
    report(
      'path',
      path,
      'an absolute path of letters, digits and - . _, without the parts . and .., and without a / at the end',
    );
  else if (systemFolders.includes(path))
    report('path', path, 'another path, because a mount here would hide what the image has in this folder');
}
