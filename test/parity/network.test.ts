import { Backend, Cache, ExternalApi, MongoDatabase, ReverseProxy, Route, Worker } from 'catamaran';
import { summaryOf } from '../../constructs/pipeline/summary';
import { composeOf, objectOf, objectsOf, serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, both, nginxOnDocker, nginxOnKubernetes, backend, policyEdges, noteOf } from './support';

const dns = { dns: { number: 5353, protocol: 'udp' }, 'dns-tcp': 5353 } as const;

function severalPorts(): void {
  const { docker, kubernetes } = both((app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, ports: { metrics: 9100, ...dns } });
    const env = { DNS: api.at('dns').endpoint, METRICS: api.at('metrics').url };
    new Worker(app, 'caller', { image: 'caller:1.0', env });
    new Worker(app, 'other', { image: 'other:1.0', connectsTo: [api.at('dns-tcp')] });
  });
  const variables = { DNS: 'api:5353', METRICS: 'http://api:9100' };
  expect(serviceOf(docker, 'caller').environment).toEqual(variables);
  expect(containerOf(kubernetes, 'caller').env).toEqual(
    Object.entries(variables).map(([name, value]) => ({ name, value })),
  );
  expect(objectOf(kubernetes, 'Service', 'api').spec?.ports).toEqual([
    { name: 'http', port: 8000, targetPort: 'http', protocol: 'TCP' },
    { name: 'dns', port: 5353, targetPort: 'dns', protocol: 'UDP' },
    { name: 'dns-tcp', port: 5353, targetPort: 'dns-tcp', protocol: 'TCP' },
    { name: 'metrics', port: 9100, targetPort: 'metrics', protocol: 'TCP' },
  ]);
  expect(containerOf(kubernetes, 'api').ports?.[1]).toEqual({
    name: 'dns',
    containerPort: 5353,
    protocol: 'UDP',
  });
  // Each port is a permission of its own; the wait of the caller asks the main port.
  const from = (name: string, ...ports: readonly (readonly [string, number])[]) => ({
    from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': name } } }],
    ports: ports.map(([protocol, port]) => ({ protocol, port })),
  });
  expect(objectOf(kubernetes, 'NetworkPolicy', 'api').spec?.ingress).toEqual([
    from('caller', ['UDP', 5353], ['TCP', 8000], ['TCP', 9100]),
    from('other', ['TCP', 5353]),
  ]);
  expect(objectOf(kubernetes, 'NetworkPolicy', 'caller').spec?.egress?.at(-3)?.ports).toEqual([
    { protocol: 'UDP', port: 5353 },
  ]);
  const { edges } = summaryOf(kubernetes);
  expect(edges).toEqual([
    'caller -> api:5353/udp',
    'caller -> api:8000',
    'caller -> api:9100',
    'other -> api:5353',
  ]);
  expect(summaryOf(docker).edges).toEqual(edges);
}

function severalPublications(): void {
  const { docker, kubernetes } = backend({
    ports: { metrics: 9100, ...dns },
    publish: { http: 8080, dns: 53, 'dns-tcp': 53 },
  });
  expect(serviceOf(docker, 'api').ports).toEqual([
    '0.0.0.0:53:5353/udp',
    '0.0.0.0:53:5353',
    '0.0.0.0:8080:8000',
  ]);
  expect(summaryOf(docker).published).toEqual([
    'api: 53 on the host',
    'api: 53/udp on the host',
    'api: 8080 on the host',
  ]);
  expect(objectOf(kubernetes, 'Service', 'api-public').spec?.ports).toEqual([
    { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' },
    { name: 'dns-tcp', port: 53, targetPort: 'dns-tcp', protocol: 'TCP' },
  ]);
  expect(objectOf(kubernetes, 'Service', 'api-public-udp').spec).toEqual({
    type: 'LoadBalancer',
    selector: { 'app.kubernetes.io/instance': 'api' },
    ports: [{ name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' }],
  });
  expect(summaryOf(kubernetes).published).toEqual([
    'api: 53 on a load balancer',
    'api: 53/udp on a load balancer',
    'api: 8080 on a load balancer',
  ]);
  // What is not published stays closed.
  expect(objectOf(kubernetes, 'NetworkPolicy', 'api').spec?.ingress).toEqual([
    {
      ports: [
        { protocol: 'TCP', port: 8000 },
        { protocol: 'UDP', port: 5353 },
        { protocol: 'TCP', port: 5353 },
      ],
    },
  ]);
}

export const network = proveEach({
  name() {
    const { docker, kubernetes } = both((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new Backend(app, 'web', { image: 'web:1.0', port: 3000, env: { API_URL: api.url } });
    });
    expect(objectOf(kubernetes, 'Service', 'api').metadata.name).toBe('api');
    expect(serviceOf(docker, 'api').networks?.['web.api']).toEqual({ aliases: ['api'] });
    expect(containerOf(kubernetes, 'web').env).toEqual([{ name: 'API_URL', value: 'http://api:8000' }]);
    expect(serviceOf(docker, 'web').environment).toEqual({ API_URL: 'http://api:8000' });
  },

  ports() {
    const { docker, kubernetes } = both((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8123 });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    });
    expect(objectOf(kubernetes, 'Service', 'api').spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/instance': 'api' },
      ports: [{ name: 'http', port: 8123, targetPort: 'http', protocol: 'TCP' }],
    });
    expect(containerOf(kubernetes, 'api').ports).toEqual([
      { name: 'http', containerPort: 8123, protocol: 'TCP' },
    ]);
    // In a network every port is open, under the same name; nothing of it is published.
    expect(serviceOf(docker, 'api').networks).toEqual({ 'proxy.api': { aliases: ['api'] } });
    expect(serviceOf(docker, 'api').ports).toBeUndefined();
    expect(nginxOnDocker(docker)).toContain('set $route_0 api:8123;');
    expect(nginxOnKubernetes(kubernetes)).toContain('proxy_pass http://api-8123;');
    severalPorts();
  },

  exposure() {
    const { docker, kubernetes } = backend({ publish: 8080 });
    expect(serviceOf(docker, 'api').ports).toEqual(['0.0.0.0:8080:8000']);
    expect(objectOf(kubernetes, 'Service', 'api-public').spec).toEqual({
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/instance': 'api' },
      ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' }],
    });
    severalPublications();
    const internal = backend();
    expect(serviceOf(internal.docker, 'api').ports).toBeUndefined();
    expect(objectsOf(internal.kubernetes, 'Service').map(({ spec }) => spec?.type)).toEqual(['ClusterIP']);
  },

  ownName() {
    const { docker, kubernetes } = both((app) => {
      new MongoDatabase(app, 'set', { replicaSet: true });
      new MongoDatabase(app, 'alone');
    });
    expect(serviceOf(docker, 'set').extra_hosts).toEqual({ set: '127.0.0.1' });
    expect(podOf(kubernetes, 'set').hostAliases).toEqual([{ ip: '127.0.0.1', hostnames: ['set'] }]);
    expect(serviceOf(docker, 'alone').extra_hosts).toBeUndefined();
    expect(podOf(kubernetes, 'alone').hostAliases).toBeUndefined();
  },

  connections() {
    const { docker, kubernetes } = both((app) => {
      const cache = new Cache(app, 'cache');
      const mail = new ExternalApi(app, 'mail', {
        url: 'https://mail.example.com',
        addresses: ['192.0.2.0/24'],
      });
      const api = new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        env: { CACHE_URL: cache.url, MAIL_URL: mail.url },
      });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    });
    const edges = ['api -> cache:6379', 'proxy -> api:8000'];
    expect(policyEdges(kubernetes, 'Egress')).toEqual(edges);
    expect(policyEdges(kubernetes, 'Ingress')).toEqual(edges);
    expect(objectOf(kubernetes, 'NetworkPolicy', 'api').spec?.egress?.at(-1)).toEqual({
      to: [{ ipBlock: { cidr: '192.0.2.0/24' } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
    const compose = composeOf(docker);
    const edge = { driver_opts: { 'com.docker.network.bridge.inhibit_ipv4': 'true' }, internal: true };
    expect(compose.networks).toEqual({
      'api.cache': edge,
      api_outbound: {},
      'proxy.api': edge,
      proxy_publish: { driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } },
    });
    const members = Object.fromEntries(
      Object.keys(compose.networks).map((network) => [
        network,
        Object.entries(compose.services).flatMap(([name, { networks }]) =>
          networks && network in networks ? [name] : [],
        ),
      ]),
    );
    expect(members).toEqual({
      'api.cache': ['api', 'cache'],
      api_outbound: ['api'],
      'proxy.api': ['api', 'proxy'],
      proxy_publish: ['proxy'],
    });
    expect(noteOf(docker, 'connections')).toEqual({
      field: 'connections',
      workloads: ['api', 'proxy'],
      note:
        'Each reference has a network of its own with both ends in it. There, each end, and each replica of ' +
        'it, can connect to any port of the others. A reference to the outside opens the whole outside, ' +
        'including the metadata address of a cloud, and the host. A published port opens the host as well, ' +
        'and lets packets out that get no answer',
    });
    expect(noteOf(kubernetes, 'connections')).toEqual({
      field: 'connections',
      workloads: ['api'],
      note: 'A network policy cannot name hosts. The port is open to all addresses of the given CIDR blocks',
    });
  },
});
