import { posix } from 'node:path';
import { limits } from '../../model/limits';
import { isKey, keyHint, labelProblem } from '../../model/name';
import { isProgram } from '../../model/storage';
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

/** Folders that the kernel or the engine fills. No image has their content. */
const kernelFolders = ['/', '/proc', '/sys', '/dev'];

/** Names of the volumes that the targets make themselves. */
const reserved = /^(?:files|routes|scratch|secrets|schedule)(?:-\d+)?$/;

/** Reports what is wrong with the files, volumes and other folders of a workload. */
export function storageIssues(
  { entrypoint, files, volumes, bindMounts, scratch, secretFiles }: Workload,
  report: Report,
): void {
  const mounts = [...files, ...secretFiles, ...volumes, ...bindMounts, ...scratch].map(({ path }) => path);
  for (const path of new Set(mounts)) {
    const isCopied = scratch.some((folder) => folder.path === path && folder.content === 'image');
    pathIssues(path, isCopied ? kernelFolders : systemFolders, report);
    if (mounts.filter((mount) => mount === path).length > 1)
      report('path', path, 'a path where nothing else is mounted');
  }
  for (const { path, files: contents } of files) {
    for (const name of Object.keys(contents))
      if (!isKey(name)) {
        const got = `${path}/${name}`;
        const write = /^[-._a-zA-Z0-9]+$/.test(name) ? keyHint : 'a file name of letters, digits and - . _';
        report('files', got, write, `files has ${JSON.stringify(got)}: write ${write}`);
      } else if (mounts.some((mount) => `${mount}/`.startsWith(`${posix.join(path, name)}/`))) {
        const got = posix.join(path, name);
        const write = 'another path for one of them';
        const sentence = `files has ${JSON.stringify(got)}, which is also a folder of files or a mount: write ${write}`;
        report('files', got, write, sentence);
      }
    const size = Object.values(contents).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    checkAmount(report, `files ${path}`, size, { unit: bytes, least: 0, most: limits.configuration.most });
  }
  const [program = ''] = entrypoint;
  const script = contentOf(program, files);
  if (script !== undefined && !isProgram(script)) {
    const write = `the program that runs it, such as ['sh', '${program}'], or #!/bin/sh as its first line`;
    const got = `${program} of files, which does not start with #!`;
    report('command', got, write, `command is ${got}: write ${write}`);
  }
  for (const { name } of volumes)
    if (reserved.test(name) || labelProblem(name) !== undefined) {
      const write = labelProblem(name) ?? 'another name, because Catamaran uses this one itself';
      report('volumes', name, write, `volumes has ${JSON.stringify(name)}: write ${write}`);
    }
  for (const { size } of volumes) checkMebibytes(report, 'storage', size, 67_108_864);
  for (const { size, path } of scratch) checkMebibytes(report, `scratch ${path}`, size, 1_048_576);
}

function contentOf(path: string, folders: Workload['files']): string | undefined {
  return folders.find((folder) => folder.path === posix.dirname(path))?.files[posix.basename(path)];
}

function checkMebibytes(report: Report, field: string, size: Size, most: number): void {
  checkAmount(report, field, size.bytes / 1024 ** 2, { unit: mebibytes, least: 1, most });
}

function pathIssues(path: string, forbidden: readonly string[], report: Report): void {
  const write = folderProblem(path);
  if (write !== undefined) report('path', path, write);
  else if (forbidden.includes(path))
    report('path', path, 'another path, because a mount here would hide what the image has in this folder');
}

/** What to write instead of a path that cannot be mounted; undefined if it can. */
function folderProblem(path: string): string | undefined {
  if (path === '') return 'the absolute path of a folder, such as /data';
  const [wrong] = /[^\w./-]/.exec(path) ?? [];
  if (wrong !== undefined)
    return `a path without ${JSON.stringify(wrong)}: only letters, digits and - . _ / are allowed`;
  if (!path.startsWith('/')) return suchAs('an absolute path, which starts with /', posix.join('/', path));
  if (path.split('/').some((part) => part === '.' || part === '..'))
    return suchAs('a path without the parts . and ..', posix.normalize(path));
  if (posix.normalize(path) !== path)
    return suchAs('a path with one / between folders', posix.normalize(path));
  return path.length > 1 && path.endsWith('/') ? `${path.slice(0, -1)}, without the / at the end` : undefined;
}

function suchAs(rule: string, close: string): string {
  const path = close.replace(/\/$/, '');
  return path === '' ? rule : `${rule}, such as ${path}`;
}
