import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** No container can take all that the host has. To the engine, 0 and less are no limit. */
export const limitedResources: Policy<DockerPlan> = {
  name: 'limited-resources',
  rule: 'A container has a limit of its memory, its processors and its processes.',
  why: 'One program with a leak, or under attack, would stop all others on the host, and the engine with them.',
  sources: [
    'docker-bench-security check_5_10',
    'docker-bench-security check_5_11',
    'docker-bench-security check_5_28',
  ],
  check: eachContainer(({ memory, cpus, pids }) =>
    Object.entries({ memory, cpus, pids })
      .filter(([, limit]) => !(limit > 0))
      .map(([field, got]) => ({ field, got, write: 'a limit greater than 0' })),
  ),
};
