import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const limitedResources: Policy<DockerPlan> = {
  name: 'limited-resources',
  rule: 'Every container has a limit for memory, CPU and processes.',
  why: 'Without limits, one program that leaks memory or is under attack can stop the engine and every other program on the host.',
  sources: [
    'docker-bench-security check_5_10',
    'docker-bench-security check_5_11',
    'docker-bench-security check_5_28',
  ],
  check: eachContainer(({ memory, cpus, pids }) =>
    Object.entries({ memory, cpus, pids })
      // To the engine, a limit of 0 or less means no limit.
      .filter(([, limit]) => !(limit > 0))
      .map(([field, got]) => ({ field, got, write: 'a limit greater than 0' })),
  ),
};
