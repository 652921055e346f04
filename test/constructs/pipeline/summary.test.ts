import {
  Application,
  Backend,
  certificateFiles,
  defineStack,
  ExternalApi,
  hostPort,
  Migration,
  nodePort,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Secret,
  tlsSecret,
  type Environment,
  type Override,
} from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';
import { planOf } from 'catamaran/testing';
import { summaryOf } from '../../../constructs/pipeline/summary';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import type { Exposure } from '../../../constructs/model/network';
import { onDocker, onKubernetes, planOfApp, thrownBy, type Build } from '../../support/application';
import { at, bare, hostless, places } from '../../support/proxied';
import type { Scene } from '../../support/rules';

const shop: Build = (app) => {
  const database = new PostgresDatabase(app, 'database', { image: 'postgres:17.0' });
  const models = new ExternalApi(app, 'models', { url: 'https://api.example.com/v1' });
  const bank = new ExternalApi(app, 'bank', { url: 'http://bank.example.com', addresses: ['192.0.2.0/28'] });
  const image = 'api:1.0';
  const env = { DATABASE_URL: database.url };
  const migration = new Migration(app, 'migration', { image, command: ['up'], check: ['ok'], env });
  const api = new Backend(app, 'api', {
    image,
    port: 8000,
    env: { ...env, API_KEY: Secret.named('API_KEY'), MODELS: models.url, BANK: bank.url },
    files: { '/etc/api/order.txt': 'one' },
    waitsFor: [migration],
  });
  new ReverseProxy(app, 'proxy', { image: 'nginx:1.27', routes: [Route.path('/', api)], publish: 8080 });
};

const summarized = ({ build, place }: Scene) => summaryOf(planOfApp(build, place));
const published = (place: EnvironmentSpec, build = shop) => summarized({ build, place }).published;

/** What is the same wherever the application runs. */
const everywhere = {
  edges: [
    'api -> api.example.com:443 (any public address)',
    'api -> bank.example.com:80 (192.0.2.0/28)',
    'api -> database:5432',
    'migration -> database:5432',
    'proxy -> api:8000',
  ],
  secrets: ['API_KEY', 'DATABASE_PASSWORD'],
};

const onEngine = {
  ...everywhere,
  objects: [
    'container api',
    'container database',
    'container migration',
    'container proxy',
    'network api.database',
    'network api_outbound',
    'network migration.database',
    'network proxy.api',
    'network proxy_publish',
    'volume database-data',
  ],
  published: ['proxy: 8080 on the host'],
  images: ['api:1.0 (api, migration)', 'nginx:1.27 (proxy)', 'postgres:17.0 (database)'],
};

const inCluster = {
  ...everywhere,
  objects: [
    'ConfigMap api-files',
    'ConfigMap database-env',
    'ConfigMap database-user',
    'ConfigMap proxy-routes',
    'Deployment api',
    'Deployment proxy',
    'Job migration',
    'Namespace shop',
    'NetworkPolicy api',
    'NetworkPolicy database',
    'NetworkPolicy default.deny',
    'NetworkPolicy migration',
    'NetworkPolicy proxy',
    'PodDisruptionBudget api',
    'PodDisruptionBudget database',
    'PodDisruptionBudget proxy',
    'PriorityClass shop',
    'Service api',
    'Service database',
    'Service proxy',
    'Service proxy-public',
    'ServiceAccount api',
    'ServiceAccount database',
    'ServiceAccount migration',
    'ServiceAccount proxy',
    'StatefulSet database',
  ],
  published: ['proxy: 8080 on a load balancer'],
  // A component waits with the image of the one that it waits for.
  images: ['api:1.0 (api, migration)', 'nginx:1.27 (proxy)', 'postgres:17.0 (api, database, migration)'],
};

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    shop(this);
  }
}

const stackOf = <Name extends string>(environments: Readonly<Record<Name, EnvironmentSpec>>) =>
  defineStack(Shop, environments);

test('planOf gives a summary beside the plan and the notes, of one shape on both targets', () => {
  const stack = stackOf({ dev: onDocker, production: onKubernetes });
  const dev = planOf(stack, 'dev');
  expect(dev.summary).toEqual(onEngine);
  expect(dev.plan.target).toBe('docker');
  expect(dev.notes).toContainEqual(expect.objectContaining({ field: 'volumes', workloads: ['database'] }));
  const production = planOf(stack, 'production');
  expect(production.summary).toEqual(inCluster);
  expect(production.plan.target).toBe('kubernetes');
});

test('the order in which components are written has no meaning, and content changes no name', () => {
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

describe('where visitors come in', () => {
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

describe('what an override adds is there', () => {
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

  test('in a cluster: an Ingress for whatever no rule is about', () => {
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

test('an override that leaves nothing that could be summed up is told in words', () => {
  const unshaped = dockerContainer({ reason: 'a test', change: (one) => ({ ...one, publish: 80 as never }) });
  const stack = stackOf({ dev: { ...onDocker, components: { api: { overrides: [unshaped] } } } });
  expect(thrownBy(() => planOf(stack, 'dev')).message).toBe(
    'shop (dev): values threw TypeError: publish.map is not a function: ' +
      'a value has the wrong type, npx tsc --noEmit finds it',
  );
});
