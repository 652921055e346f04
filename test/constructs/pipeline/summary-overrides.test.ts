import type { Override } from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';
import { planOf } from 'catamaran/testing';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { onDocker, onKubernetes, thrownBy } from '../../support/application';
import { bare, places } from '../../support/proxied';
import { summarized, shop, onEngine, inCluster, published, stackOf } from './summary-shop';

describe('the summary has what an override adds', () => {
  const overridden = (place: EnvironmentSpec, component: string, ...overrides: Override[]) =>
    summarized({ build: shop, place: { ...place, components: { [component]: { overrides } } } });

  test('on an engine: another image, a port, a network and a volume', () => {
    const more = dockerContainer({
      reason: 'a test',
      change: (one) => ({
        ...one,
        image: 'api:debug',
        publish: [{ port: 9229, target: 9229, address: '127.0.0.1' }],
        networks: [...one.networks, { network: { name: 'api_publish', kind: 'publish' }, aliases: [] }],
        volumes: [{ name: 'api-heap', path: '/heap', ownership: 'target' }],
      }),
    });
    expect(overridden(onDocker, 'api', more)).toEqual({
      ...onEngine,
      objects: [...onEngine.objects, 'network api_publish', 'volume api-heap'].sort(),
      published: ['api: 9229 on 127.0.0.1 of the host', 'proxy: 8080 on the host'],
      images: ['api:1.0 (migration)', 'api:debug (api)', 'nginx:1.27 (proxy)', 'postgres:17.0 (database)'],
    });
  });

  test('in a cluster: containers, and ports of a node', () => {
    const more = kubernetesObject('Deployment', {
      reason: 'a test',
      change: (one) => {
        const { template } = one.spec;
        const debug = { name: 'debug', image: 'debug:1.0', ports: [{ containerPort: 1, hostPort: 9229 }] };
        const spec = { ...template.spec, containers: [...template.spec.containers, debug] };
        return { ...one, spec: { ...one.spec, template: { ...template, spec } } };
      },
    });
    expect(overridden(onKubernetes, 'api', more)).toEqual({
      ...inCluster,
      published: ['api: 9229 on the node of each pod', ...inCluster.published],
      images: ['api:1.0 (api, migration)', 'debug:1.0 (api)', ...inCluster.images.slice(1)],
    });
  });

  test('in a cluster: the network of the node', () => {
    const more = kubernetesObject('Deployment', {
      reason: 'a test',
      change: (one) => {
        const { template } = one.spec;
        const spec = { ...template.spec, hostNetwork: true };
        return { ...one, spec: { ...one.spec, template: { ...template, spec } } };
      },
    });
    expect(overridden(onKubernetes, 'api', more).published).toEqual([
      'api: 8000 on the node of each pod',
      'proxy: 8080 on a load balancer',
    ]);
  });

  test.each([
    [{ type: 'NodePort' }, ['api: some port on every node']],
    [{ externalIPs: ['203.0.113.7'] }, ['api: 8000 on 203.0.113.7']],
    [
      { type: 'LoadBalancer', externalIPs: ['203.0.113.7'] },
      ['api: 8000 on 203.0.113.7', 'api: 8000 on a load balancer'],
    ],
  ])('in a cluster: a Service with %j', (change, entrances) => {
    const more = kubernetesObject('Service', {
      reason: 'a test',
      change: (one) => ({ ...one, spec: { ...one.spec, ...change } }),
    });
    expect(overridden(onKubernetes, 'api', more).published).toEqual([...entrances, ...inCluster.published]);
  });

  test('in a cluster: an Ingress with a default backend', () => {
    const more = kubernetesObject('Ingress', {
      reason: 'a test',
      change: (one) => ({
        ...one,
        spec: { ...one.spec, defaultBackend: { service: { name: 'api', port: { number: 8000 } } } },
      }),
    });
    const place = { ...places.ingress, components: { proxy: { overrides: [more] } } } as EnvironmentSpec;
    expect(published(place, bare)).toEqual([
      'proxy: http for any host on an Ingress',
      'proxy: http for shop.example on an Ingress',
    ]);
  });
});

test('an override that leaves a broken object is reported as an issue', () => {
  const unshaped = dockerContainer({ reason: 'a test', change: (one) => ({ ...one, publish: 80 as never }) });
  const stack = stackOf({ dev: { ...onDocker, components: { api: { overrides: [unshaped] } } } });
  expect(thrownBy(() => planOf(stack, 'dev')).message).toBe(
    'shop (dev): components.api.overrides: the override of Container sets publish to 80: ' +
      'write a list of { port, target, address, protocol }',
  );
});
