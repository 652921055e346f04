import { posix } from 'node:path';
import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const ownFolders: Policy<DockerPlan> = {
  name: 'own-folders',
  rule: 'A container mounts only folders of the host that are inside the folder of its application.',
  why: "Whoever can write to a system folder, or use the engine's socket, can become root on the host.",
  sources: ['docker-bench-security check_5_5', 'docker-bench-security check_5_31'],
  check: eachContainer(({ binds }) =>
    binds
      .filter(({ folder }) => isElsewhere(folder))
      .map(({ folder: got, path }) => ({
        field: `binds ${path}`,
        got,
        write: "a folder inside the application's folder, or use files or a volume",
      })),
  ),
};

function isElsewhere(folder: string): boolean {
  return posix.isAbsolute(folder) || posix.normalize(folder).split('/')[0] === '..';
}
