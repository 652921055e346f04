import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Ports below 1024 that visitors of the web come to. */
const web = [80, 443];

/** The host's own services keep their ports. */
export const usualPorts: Policy<DockerPlan> = {
  name: 'usual-ports',
  rule: 'A container is published at 80, at 443, or from 1024 on.',
  why: 'A client takes what answers at a port below 1024 for a service of the host, as its ssh or mail server.',
  sources: ['docker-bench-security check_5_7'],
  check: eachContainer(({ publish }) =>
    publish
      .filter(({ port }) => port < 1024 && !web.includes(port))
      .map(({ port: got }) => ({ field: 'publish', got, write: '80, 443, or a port from 1024 on' })),
  ),
};
