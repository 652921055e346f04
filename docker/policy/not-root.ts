import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** No program is root; an override can make it that. */
export const notRoot: Policy<DockerPlan> = {
  name: 'not-root',
  rule: 'A container runs as a user that is not root.',
  why: 'Root in a container is root on the host, but for what the kernel forbids: one gap in that is enough.',
  sources: [
    'docker-bench-security check_4_1',
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
  ],
  check: eachContainer(({ user: { uid, gid } }) =>
    uid === 0
      ? [
          {
            field: 'user',
            got: `${uid}:${gid}`,
            write: 'the user of the image, as user: { uid: 10001, gid: 10001 }',
          },
        ]
      : [],
  ),
};
