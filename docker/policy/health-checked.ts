import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** What runs for ever can be asked whether it works. */
export const healthChecked: Policy<DockerPlan> = {
  name: 'health-checked',
  rule: 'A container that runs for ever has a health check.',
  why: 'Nobody sees that it hangs, and a release that does not work takes the place of one that does.',
  sources: ['docker-bench-security check_5_26', 'https://docs.docker.com/reference/dockerfile/#healthcheck'],
  check: eachContainer(({ run, health }) =>
    run !== 'once' && health.length === 0
      ? [{ field: 'health', got: 'none', write: "health: Health.http('/health') or Health.command([…])" }]
      : [],
  ),
};
