import { posix } from 'node:path';
import { limits } from '../../model/limits';
import { isKey, keyHint } from '../../model/name';
import { isProgram, modeOf } from '../../model/storage';
import type { Workload } from '../../model/workload';
import { bytes, checkAmount, type Report } from '../../target/report';

/** Files that an engine and the kubelet write themselves, for each container. */
const ownFiles = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/** Reports what is wrong with the configuration files and the added secrets of a workload. */
export function fileIssues(workload: Workload, report: Report): void {
  const { files, addedSecrets, fileModes } = workload;
  const paths = { files: pathsIn(files), secretFiles: pathsIn(addedSecrets) };
  nameIssues('files', paths.files, workload, report);
  nameIssues('secretFiles', paths.secretFiles, workload, report);
  for (const path of paths.secretFiles)
    if (paths.files.includes(path)) {
      const write = 'another path for one of them';
      report(
        'secretFiles',
        path,
        write,
        `secretFiles has ${quoted(path)}, which files has as well: write ${write}`,
      );
    }
  for (const { path, files: contents } of files) {
    const size = Object.values(contents).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    checkAmount(report, `files ${path}`, size, { unit: bytes, least: 0, most: limits.configuration.most });
  }
  for (const [path, mode] of Object.entries(fileModes)) {
    const isSecret = paths.secretFiles.includes(path);
    const write = modeProblem(mode, isSecret);
    if (write !== undefined) report(`${isSecret ? 'secretFiles' : 'files'} ${path} mode`, mode, write);
  }
  commandIssues(workload, report);
}

function pathsIn(folders: Workload['files']): string[] {
  return folders.flatMap(({ path, files }) =>
    Object.keys(files).map((name) => `${path === '/' ? '' : path}/${name}`),
  );
}

function nameIssues(field: string, paths: readonly string[], workload: Workload, report: Report): void {
  const { files, secretFiles, addedSecrets, volumes, sharedVolumes, bindMounts, scratch } = workload;
  const folders = [
    ...files,
    ...secretFiles,
    ...addedSecrets,
    ...volumes,
    ...sharedVolumes,
    ...bindMounts,
    ...scratch,
  ];
  for (const path of paths) {
    const name = posix.basename(path);
    const has = `${field} has ${quoted(path)}`;
    if (!isKey(name)) {
      const write = /^[-._a-zA-Z0-9]+$/.test(name) ? keyHint : 'a file name of letters, digits and - . _';
      report(field, path, write, `${has}: write ${write}`);
    } else if (folders.some((folder) => `${folder.path}/`.startsWith(`${path}/`))) {
      const write = 'another path for one of them';
      report(field, path, write, `${has}, which is also a folder of files or a mount: write ${write}`);
    } else if (ownFiles.includes(path)) {
      const write = 'another path: names of other hosts belong into an override';
      report(field, path, write, `${has}, which Docker and Kubernetes write themselves: write ${write}`);
    }
  }
}

/** What to write instead of a mode; undefined if it is good. The files belong to root, and the program is in their group. */
function modeProblem(mode: string, isSecret: boolean): string | undefined {
  const example = isSecret ? '0440' : '0644';
  if (!/^[0-7]{3,4}$/.test(mode)) return `three or four octal digits, such as ${example}`;
  const bits = Number.parseInt(mode, 8);
  if (bits > 0o777) return `${mode.slice(1)}, without the bits for setuid, setgid and sticky`;
  if (isSecret && (bits & 0o007) !== 0)
    return `a mode that gives nothing to others, such as ${example}, because only the program may read a secret`;
  if ((bits & 0o002) !== 0) return `a mode that does not let everybody write, such as ${example}`;
  if ((bits & 0o440) !== 0o440)
    return `a mode with which user and group can read, such as ${example}, because the file belongs to root and the program is in its group`;
  return undefined;
}

/** A program that a workload starts with must be one. */
function commandIssues({ entrypoint: [program = ''], files, fileModes }: Workload, report: Report): void {
  const folder = files.find(({ path }) => path === posix.dirname(program));
  const script = folder?.files[posix.basename(program)];
  if (script === undefined) return;
  if (!isProgram(script)) {
    const write = `the program that runs it, such as ['sh', '${program}'], or #!/bin/sh as its first line`;
    const got = `${program} of files, which does not start with #!`;
    report('command', got, write, `command is ${got}: write ${write}`);
  } else if ((modeOf(program, script, fileModes) & 0o010) === 0) {
    const write = 'a mode with which the group can execute it, such as 0755';
    const got = `${program} of files, whose mode is ${fileModes[program] ?? ''}`;
    report('command', got, write, `command is ${got}: write ${write}`);
  }
}

function quoted(path: string): string {
  return JSON.stringify(path);
}
