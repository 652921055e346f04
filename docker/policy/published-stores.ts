import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const publishedStores: Policy<DockerPlan> = {
  name: 'published-stores',
  rule: 'A container with data that other containers call is not published, not even on a loopback address of the host.',
  why:
    'Every user and every program of the host could connect to it, past the components that decide who may. A port of a ' +
    'database on the host is for development.',
  sources: ['docker-bench-security check_5_8', 'https://owasp.org/Top10/A05_2021-Security_Misconfiguration/'],
  applies: 'in production',
  check: eachContainer(({ publish, networks, run, name }) => {
    const isCalled = networks.some(({ network, aliases }) => network.kind === 'edge' && aliases.length > 0);
    if (!isCalled || run !== 'stateful') return [];
    return publish
      .filter(({ address }) => address.startsWith('127.'))
      .map(({ address, port }) => ({
        field: 'publish',
        got: `${address}:${port}`,
        write: `no expose, and run programs of the image with docker exec in the container of ${name}`,
      }));
  }),
};
