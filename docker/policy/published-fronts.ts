import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** What others call is not open to the world beside them. */
export const publishedFronts: Policy<DockerPlan> = {
  name: 'published-fronts',
  rule: 'A container that others call is published at an address of the loopback interface, if at all.',
  why:
    'Visitors would reach it around the proxy before it, past its TLS, passwords and limits; what is published ' +
    "passes the host's firewall as well.",
  sources: [
    'docker-bench-security check_5_8',
    'docker-bench-security check_5_13',
    'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
  ],
  check: eachContainer(({ publish, networks }) => {
    const isCalled = networks.some(({ network, aliases }) => network.kind === 'edge' && aliases.length > 0);
    if (!isCalled) return [];
    return publish
      .filter(({ address }) => !address.startsWith('127.'))
      .map(({ address, port }) => ({
        field: 'publish',
        got: `${address}:${port}`,
        write: `expose: hostPort(${port}, '127.0.0.1'), or a ReverseProxy that is published in its place`,
      }));
  }),
};
