import { Backend, certificateFiles, hostPort, nodePort, tlsSecret } from 'catamaran';
import { planOf } from 'catamaran/testing';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import type { Exposure } from '../../../constructs/model/network';
import { onDocker, onKubernetes, type Build } from '../../support/application';
import { at, bare, hostless, places } from '../../support/proxied';
import type { Scene } from '../../support/rules';
import { stackOf, onEngine, inCluster, summarized, shop, published } from './summary-shop';

test('planOf gives a summary beside the plan and the notes, of the same shape on both targets', () => {
  const stack = stackOf({ dev: onDocker, production: onKubernetes });
  const dev = planOf(stack, 'dev');
  expect(dev.summary).toEqual(onEngine);
  expect(dev.plan.target).toBe('docker');
  expect(dev.notes).toContainEqual(expect.objectContaining({ field: 'volumes', workloads: ['database'] }));
  const production = planOf(stack, 'production');
  expect(production.summary).toEqual(inCluster);
  expect(production.plan.target).toBe('kubernetes');
});

test('the summary does not depend on the order of components, or on the content of files', () => {
  const build =
    (names: readonly string[], text: string): Build =>
    (app) => {
      for (const name of names)
        new Backend(app, name, { image: 'api:1.0', port: 8000, files: { '/etc/api/order.txt': text } });
    };
  for (const place of [onDocker, onKubernetes])
    expect(summarized({ build: build(['one', 'two'], 'a'), place })).toEqual(
      summarized({ build: build(['two', 'one'], 'b'), place }),
    );
});

test('a component that is named like a hash keeps its name', () => {
  const build: Build = (app) => new Backend(app, 'api-deadbeef', { image: 'api:1.0', port: 8000 });
  expect(summarized({ build, place: onKubernetes }).objects).toContain('Deployment api-deadbeef');
});

describe('the summary says where visitors come in', () => {
  const exposed = (place: EnvironmentSpec, expose: Exposure): Scene => ({
    build: shop,
    place: { ...place, components: { proxy: { expose } } },
  });
  const tls = { certificate: tlsSecret('shop-tls') };

  test.each<[string, Scene, string[]]>([
    [
      'a port at one address of the host',
      exposed(onDocker, hostPort(80, '127.0.0.1')),
      ['proxy: 80 on 127.0.0.1 of the host'],
    ],
    [
      'a port that leads on to HTTPS',
      at(onDocker, hostless, { certificate: certificateFiles(), redirectFrom: 80 }),
      ['proxy: 443 on the host', 'proxy: 80 on the host'],
    ],
    ['a port of every node', exposed(onKubernetes, nodePort(30080)), ['proxy: 30080 on every node']],
    ['an Ingress', at(places.ingress, bare), ['proxy: http for shop.example on an Ingress']],
    [
      'an Ingress for any host',
      at(places.ingress, hostless),
      ['proxy: http for any host on an Ingress', 'proxy: http for shop.example on an Ingress'],
    ],
    [
      'an Ingress with TLS',
      at(places.ingress, bare, tls),
      ['proxy: http and https for shop.example on an Ingress'],
    ],
    ['a Gateway', at(places.gateway, bare), ['proxy: 80 for any host on a Gateway']],
    [
      'a Gateway with TLS',
      at(places.gateway, bare, tls),
      ['proxy: 443 for shop.example on a Gateway', 'proxy: 80 for any host on a Gateway'],
    ],
    [
      'a Gateway of others',
      at(places['existing gateway'], bare),
      ['proxy: shop.example on Gateway infra/shared'],
    ],
    [
      'a Gateway of others, for any host',
      at(places['existing gateway'], hostless),
      ['proxy: any host on Gateway infra/shared', 'proxy: shop.example on Gateway infra/shared'],
    ],
  ])('%s', (_, scene, entrances) => {
    expect(summarized(scene).published).toEqual(entrances);
  });

  test('nothing is published where nobody asks for it', () => {
    const build: Build = (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    expect([published(onDocker, build), published(onKubernetes, build)]).toEqual([[], []]);
  });
});
