import type { Policy } from '../../constructs/policy/policy';
import { isRoot, userOf } from '../container';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const notRoot: Policy<DockerPlan> = {
  name: 'not-root',
  rule: 'No container runs as root, unless its component states why.',
  why: 'Root in a container is also root on the host. Only restrictions of the kernel hold it back, and one gap in them is enough.',
  sources: [
    'docker-bench-security check_4_1',
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
  ],
  check: eachContainer((container, { stated }) =>
    isRoot(container) && stated[container.name]?.privilege.kind !== 'root'
      ? [
          {
            field: 'user',
            got: userOf(container),
            write: 'the user of the image, such as user: { uid: 10001, gid: 10001 }',
          },
        ]
      : [],
  ),
};
