import { isAbsolute, join } from 'node:path';
import type { Issue } from '../issue';
import type { BindMount } from '../model/storage';
import { isFolder } from '../values/files';
import type { BindMountSource } from '../values/storage';

/** The sockets of container engines. Whoever can write to one can start a container that is root of the host. */
const engineSocket = /(^|\/)(docker|containerd|podman|crio)\.sock$/;

/** Reads bind mounts. @param root the application's folder, which their folders are relative to */
export function readBindMounts(
  sources: readonly BindMountSource[],
  root: string,
  report: (issue: Omit<Issue, 'path'>) => void,
): BindMount[] {
  return sources.map(({ folder, path, access }) => {
    const problem = problemOf(folder, path, root);
    if (problem) report({ field: 'bindMounts', ...problem });
    return { folder, path, access: access ?? 'read-only' };
  });
}

function problemOf(
  folder: string,
  path: string,
  root: string,
): Pick<Issue, 'got' | 'write' | 'sentence'> | undefined {
  const resolved = join(root, folder);
  if (engineSocket.test(folder) || engineSocket.test(path)) {
    const write =
      'a ReverseProxy for routes, or run a program that manages containers outside of the application';
    const sentence = `bindMounts has ${folder}, the socket of the engine, and a program that has it is root of the host: write ${write}`;
    return { got: folder, write, sentence };
  }
  const write = "a folder that exists, relative to the application's folder";
  if (isAbsolute(folder)) return { got: folder, write };
  return isFolder(resolved) ? undefined : { got: resolved, write };
}
