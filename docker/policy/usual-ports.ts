import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** The ports below 1024 that web browsers use. */
const web = [80, 443];

export const usualPorts: Policy<DockerPlan> = {
  name: 'usual-ports',
  rule: 'A container is published only on port 80, 443, or 1024 and above.',
  why: 'Clients expect services of the host itself on ports below 1024, such as its ssh or mail server.',
  sources: ['docker-bench-security check_5_7'],
  check: eachContainer(({ publish }) =>
    publish
      .filter(({ port }) => port < 1024 && !web.includes(port))
      .map(({ port: got }) => ({ field: 'publish', got, write: '80, 443, or a port of 1024 or more' })),
  ),
};
