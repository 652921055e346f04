import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Every container drops all capabilities; an override can give some back. */
export const noCapabilities: Policy<DockerPlan> = {
  name: 'no-capabilities',
  rule: 'A container has no Linux capability.',
  why: 'A program that is taken over has them too; each is a part of what root may do to the host.',
  sources: ['docker-bench-security check_5_3', 'https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  check: eachContainer(({ engine: { capabilities: got } }) =>
    got === undefined || got.length === 0
      ? []
      : [
          {
            field: 'engine.capabilities',
            got,
            write: 'no override of them: a port from 1024 on, a folder of its own, or a user that may',
          },
        ],
  ),
};
