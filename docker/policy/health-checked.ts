import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const healthChecked: Policy<DockerPlan> = {
  name: 'health-checked',
  rule: 'Every container has a health check, unless it runs once.',
  why: 'Without a health check, nobody notices a container that hangs, and a broken release replaces a working one.',
  sources: ['docker-bench-security check_5_26', 'https://docs.docker.com/reference/dockerfile/#healthcheck'],
  stated: ({ readiness }) => (readiness.kind === 'none' ? readiness.reason : ''),
  check: eachContainer(({ run, health }) =>
    run !== 'once' && health.length === 0
      ? [{ field: 'health', got: undefined, write: "health: Health.http('/health') or Health.command([…])" }]
      : [],
  ),
};
