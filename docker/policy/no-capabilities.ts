import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const noCapabilities: Policy<DockerPlan> = {
  name: 'no-capabilities',
  rule: 'No container has a Linux capability.',
  why: 'Each capability is a part of the power of root over the host. Whoever takes over the program has it too.',
  sources: ['docker-bench-security check_5_3', 'https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  check: eachContainer(({ engine: { capabilities: got } }) =>
    got === undefined || got.length === 0
      ? []
      : [
          {
            field: 'engine.capabilities',
            got,
            write:
              'no capabilities in an override. Instead, use a port of 1024 or more, another folder, or a user that has the rights',
          },
        ],
  ),
};
