import { posix } from 'node:path';
import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** A container sees no folder of the host but those of its application: neither /etc nor the engine's socket. */
export const ownFolders: Policy<DockerPlan> = {
  name: 'own-folders',
  rule: 'A container mounts no folder of the host that is not in the folder of its application.',
  why: "Who can write to a folder of the system, or talk to the engine's socket, is root on the host.",
  sources: ['docker-bench-security check_5_5', 'docker-bench-security check_5_31'],
  check: eachContainer(({ binds }) =>
    binds
      .filter(({ folder }) => isElsewhere(folder))
      .map(({ folder: got, path }) => ({
        field: `binds ${path}`,
        got,
        write: "a folder within the application's, files, or a volume",
      })),
  ),
};

function isElsewhere(folder: string): boolean {
  return posix.isAbsolute(folder) || posix.normalize(folder).split('/')[0] === '..';
}
