import type { Policy } from '../../constructs/policy/policy';
import { userOf } from '../container';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const notRoot: Policy<DockerPlan> = {
  name: 'not-root',
  rule: 'No container runs as root.',
  why: 'Root in a container is also root on the host. Only restrictions of the kernel hold it back, and one gap in them is enough.',
  sources: [
    'docker-bench-security check_4_1',
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
  ],
  check: eachContainer((container) =>
    container.user.uid === 0
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
