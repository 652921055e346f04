import { posix } from 'node:path';
import { labelProblem } from '../../model/name';
import type { Size } from '../../model/units';
import type { Workload } from '../../model/workload';
import { checkAmount, mebibytes, type Report } from '../../target/report';

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

/** Folders that the kernel fills. No image has their content. */
const kernelFolders = ['/proc', '/sys', '/dev'];

/** Folders that cannot start with what an image has there. */
const imageless = ['/', ...kernelFolders];

/** Names of the volumes that the targets make themselves. */
const reserved = /^(?:(?:files|routes|scratch|secrets|schedule)(?:-\d+)?|shared-\d+)$/;

/** Reports what is wrong with the volumes and other folders of a workload, and with the folders of its files. */
export function storageIssues(
  { files, volumes, sharedVolumes, bindMounts, scratch, secretFiles, addedSecrets }: Workload,
  report: Report,
): void {
  const folders = [secretFiles, volumes, sharedVolumes, bindMounts, scratch].flat().map(({ path }) => path);
  const ofFiles = files.map(({ path }) => path);
  // Files and secrets are mounted one by one, so that they can be in one folder.
  const ofSecrets = addedSecrets.map(({ path }) => path).filter((path) => !ofFiles.includes(path));
  const mounts = [...ofFiles, ...ofSecrets, ...folders];
  for (const path of new Set(mounts)) {
    const isCopied = scratch.some((folder) => folder.path === path && folder.content === 'image');
    const forbidden = folders.includes(path) ? (isCopied ? imageless : systemFolders) : [];
    pathIssues(path, forbidden, report);
    if (mounts.filter((mount) => mount === path).length > 1)
      report('path', path, 'a path where nothing else is mounted');
  }
  sharedIssues(sharedVolumes, mounts, report);
  for (const { name } of volumes)
    if (reserved.test(name) || labelProblem(name) !== undefined) {
      const write = labelProblem(name) ?? 'another name, because Catamaran uses this one itself';
      report('volumes', name, write, `volumes has ${JSON.stringify(name)}: write ${write}`);
    }
  for (const { size } of volumes) checkMebibytes(report, 'storage', size, 67_108_864);
  for (const { size, path } of scratch) checkMebibytes(report, `scratch ${path}`, size, 1_048_576);
}

function sharedIssues(shared: Workload['sharedVolumes'], mounts: readonly string[], report: Report): void {
  const names = shared.map(({ name }) => name);
  for (const name of new Set(names))
    if (names.filter((other) => other === name).length > 1)
      report('sharedVolumes', name, 'each volume once', `sharedVolumes has ${name} twice: write it once`);
  for (const { path, access } of shared)
    for (const inner of mounts)
      if (access === 'read-only' && inner.startsWith(`${path}/`))
        report(
          'path',
          inner,
          `a path outside of ${path}, where nothing can be mounted because it is read-only`,
        );
}

function checkMebibytes(report: Report, field: string, size: Size, most: number): void {
  checkAmount(report, field, size.bytes / 1024 ** 2, { unit: mebibytes, least: 1, most });
}

function pathIssues(path: string, forbidden: readonly string[], report: Report): void {
  const write = folderProblem(path);
  if (write !== undefined) report('path', path, write);
  else if (forbidden.length === 0 && kernelFolders.some((folder) => `${path}/`.startsWith(`${folder}/`)))
    report('path', path, 'another path, because the kernel fills this folder');
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
