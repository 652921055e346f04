import type { Policy } from '../../constructs/policy/policy';
import { lowestOwnPort } from '../../constructs/model/privilege';
import type { StatedRights } from '../../constructs/policy/stated';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** The ports below 1024 that web browsers use. */
const web = [80, 443];

export const usualPorts: Policy<DockerPlan> = {
  name: 'usual-ports',
  rule: 'A container is published only on port 80, 443, or 1024 and above, or on the low port that it listens on itself.',
  why: 'Clients expect services of the host itself on ports below 1024, such as its ssh or mail server.',
  sources: ['docker-bench-security check_5_7'],
  check: eachContainer(({ name, publish }, { stated }) =>
    publish
      .filter(
        ({ port, target }) =>
          port < lowestOwnPort && !web.includes(port) && !isOwn(port, target, stated[name]),
      )
      .map(({ port: got }) => ({ field: 'publish', got, write: '80, 443, or a port of 1024 or more' })),
  ),
};

// A program that listens on port 53 is a name server, which clients look for at this port.
function isOwn(port: number, target: number, stated: StatedRights | undefined): boolean {
  return port === target && (stated?.ports ?? []).some(({ number }) => number === port);
}
