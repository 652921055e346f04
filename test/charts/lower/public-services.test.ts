import { loadBalancer, nodePort } from 'catamaran';
import { onKubernetes, planOfApp, withProps } from '../../support/application';
import { objectsOf } from '../../support/written';

const dns = { dns: { number: 5353, protocol: 'udp' }, 'dns-tcp': 5353, metrics: 9100 } as const;

function publicServices(expose: object): [string, string | undefined, string[]][] {
  const place = { ...onKubernetes, components: { api: { expose: expose as never } } };
  return objectsOf(planOfApp(withProps({ ports: dns }), place), 'Service')
    .filter(({ spec }) => spec?.type !== 'ClusterIP')
    .map(({ metadata, spec }) => [
      metadata.name,
      spec?.type,
      (spec?.ports ?? []).map(({ port, protocol, nodePort: node }) =>
        [port, protocol, node].filter(Boolean).join(' '),
      ),
    ]);
}

test('a load balancer has one protocol, because several clouds refuse both', () => {
  expect(
    publicServices({ dns: loadBalancer(53), 'dns-tcp': loadBalancer(53), http: loadBalancer(80) }),
  ).toEqual([
    ['api-public', 'LoadBalancer', ['80 TCP', '53 TCP']],
    ['api-public-udp', 'LoadBalancer', ['53 UDP']],
  ]);
});

test('the ports of the nodes are of one Service, because a cluster gives a number to one only', () => {
  expect(publicServices({ dns: nodePort(30_053, 53), 'dns-tcp': nodePort(30_053, 53) })).toEqual([
    ['api-public', 'NodePort', ['53 UDP 30053', '53 TCP 30053']],
  ]);
});

test('both kinds can be mixed', () => {
  expect(
    publicServices({ http: loadBalancer(80), metrics: nodePort(30_910, 9100), dns: loadBalancer(53) }),
  ).toEqual([
    ['api-public', 'LoadBalancer', ['80 TCP']],
    ['api-public-udp', 'LoadBalancer', ['53 UDP']],
    ['api-public-nodes', 'NodePort', ['9100 TCP 30910']],
  ]);
  expect(publicServices({ dns: loadBalancer(53), metrics: nodePort(30_910, 9100) })).toEqual([
    ['api-public-udp', 'LoadBalancer', ['53 UDP']],
    ['api-public', 'NodePort', ['9100 TCP 30910']],
  ]);
});
