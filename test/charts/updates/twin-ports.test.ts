import { argoCd } from 'catamaran';
import { onKubernetes, withProps } from '../../support/application';
import { updates } from './support';

const dns = { number: 5353, protocol: 'udp' } as const;
const tcp = { build: withProps({ ports: { 'dns-tcp': 5353 } }) };
const both = { build: withProps({ ports: { 'dns-tcp': 5353, dns } }) };

const told = {
  object: 'Service api',
  effect: 'refused',
  reason:
    'It has port 5353 for TCP and for UDP, and its ports change. kubectl apply would lose one of the two, ' +
    'unless the API server merges the change.',
  steps: ['kubectl apply --server-side --force-conflicts --filename dist/shop/live'],
};

test('a number that gets a second protocol, or loses one, needs the API server to merge it', () => {
  expect(updates(tcp, both)).toEqual([told]);
  expect(updates(both, tcp)).toEqual([told]);
});

test('the same ports, ports of different numbers, and a controller that lets the API server merge need nothing', () => {
  expect(updates(both, { build: withProps({ ports: { 'dns-tcp': 5353, dns }, replicas: 2 }) })).toEqual([]);
  expect(updates(tcp, { build: withProps({ ports: { 'dns-tcp': 5354 } }) })).toEqual([]);
  const place = { ...onKubernetes, gitops: argoCd({ repository: 'https://git.example.com/gitops.git' }) };
  expect(updates({ ...tcp, place }, { ...both, place })).toEqual([]);
});
