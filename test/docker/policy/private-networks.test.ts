import type { Container } from 'catamaran/docker';
import { privateNetworks } from '../../../docker/policy/private-networks';
import { foundAfter } from '../../support/docker-policy';

function found(network: Container['networks'][number]['network']) {
  return foundAfter(privateNetworks, 'proxy', (container) => ({
    ...container,
    networks: [...container.networks, { network, aliases: [] }],
  }));
}

test.each([
  { name: 'api.database', kind: 'edge' },
  { name: 'api_outbound', kind: 'outbound' },
  { name: 'everybody', kind: 'edge' },
] as const)('a container in the network $name, which is not made for it, is found', (network) => {
  expect(found(network)).toEqual([
    {
      workload: 'proxy',
      field: 'networks',
      got: network.name,
      write: 'a network of proxy, which a reference to the other component makes, such as its url',
    },
  ]);
});

test('a network of its own keeps the policy', () => {
  expect(found({ name: 'proxy_outbound', kind: 'outbound' })).toEqual([]);
});
