import { portText } from '../../constructs/model/network';
import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

export const publishedFronts: Policy<DockerPlan> = {
  name: 'published-fronts',
  rule: 'A container that other containers call is not published, or only on a loopback address of the host.',
  why:
    'Visitors could bypass the proxy in front of it, with its TLS, passwords and limits. Published ports also bypass ' +
    'the firewall of the host.',
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
      .map(({ address, port, protocol }) => ({
        field: 'publish',
        got: `${address}:${portText(port, protocol)}`,
        write: `expose: hostPort(${port}, '127.0.0.1'), or publish a ReverseProxy in its place`,
      }));
  }),
};
