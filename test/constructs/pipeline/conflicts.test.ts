import {
  Backend,
  certManager,
  docker,
  existingSecret,
  gateway,
  hostPort,
  ingress,
  kubernetes,
  nodePort,
  ReverseProxy,
  Route,
  tlsSecret,
  type Application,
} from 'catamaran';
import type { ClusterProxy } from '../../../constructs/model/proxy';
import { formatIssue } from '../../../constructs/issue';
import { conflicts } from '../../../constructs/pipeline/conflicts';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { application, issuesOfApp } from '../../support/application';
import { targets } from '../../../cli/targets';
import { planApplication, type Planned } from '../../../constructs/pipeline/plan';
import { check } from '../../../cli/commands/check';
import { filesBelow, projectOf, runIn, stackFile, synthIn, type Outcome } from '../../support/project';
import { Image, Size } from 'catamaran';

function placed(name: string, place: EnvironmentSpec, environment = 'dev'): Planned {
  const app = application((shop) => new Backend(shop, 'api', { image: 'api:1.0', port: 8000 }), place, {
    name,
    environment,
  });
  return planApplication(app, targets, new Map());
}

const onHost = (port: number, host?: string) =>
  docker({ components: { api: { expose: hostPort(port) } }, ...(host !== undefined && { host }) });
const onNodes = (port: number, context?: string, namespace = 'shop') =>
  kubernetes({
    namespace,
    components: { api: { expose: nodePort(port) } },
    ...(context !== undefined && { context }),
  });

const clusters = 'or name different clusters with context in both';
const hosts = 'or name different hosts with host';

const messages = (...all: readonly Planned[]) => conflicts(all).map(formatIssue);

test('a port of a host is published by one application in one environment, whatever they are called', () => {
  expect(
    messages(
      placed('blog', onHost(80)),
      placed('shop', onHost(80)),
      placed('shop', onHost(80), 'test'),
      placed('wiki', onHost(80, 'unix:///var/run/docker.sock'), 'live'),
    ),
  ).toEqual([
    `shop/api: publish is 80 in dev: write another port, because blog (dev) publishes this one; ${hosts}`,
    `shop/api: publish is 80 in test: write another port, because blog (dev) publishes this one; ${hosts}`,
    `wiki/api: publish is 80 in live: write another port, because blog (dev) publishes this one; ${hosts}`,
  ]);
});

test('two users or ports of one host are one host', () => {
  expect(
    messages(placed('blog', onHost(80, 'ssh://a@box')), placed('shop', onHost(80, 'tcp://box:2376'))),
  ).toEqual([
    `shop/api: publish is 80 in dev: write another port, because blog (dev) publishes this one; ${hosts}`,
  ]);
});

test('a port of the nodes of a cluster is published once, also if one environment does not name its cluster', () => {
  expect(
    messages(
      placed('blog', onNodes(30_001, undefined, 'blog')),
      placed('shop', onNodes(30_001, 'a'), 'test'),
    ),
  ).toEqual([
    `shop/api: publish is 30001 in test: write another port, because blog (dev) publishes this one; ${clusters}`,
  ]);
});

test.each<[string, Planned, Planned]>([
  ['ports', placed('blog', onHost(80)), placed('shop', onHost(81))],
  ['hosts', placed('blog', onHost(80)), placed('shop', onHost(80, 'ssh://other'))],
  ['clusters', placed('blog', onNodes(30_001, 'a')), placed('shop', onNodes(30_001, 'b'))],
  [
    'clusters of one application',
    placed('shop', onNodes(30_001, 'a')),
    placed('shop', onNodes(30_001, 'b'), 'test'),
  ],
])('different %s do not collide', (_, one, other) => {
  expect(conflicts([one, other])).toEqual([]);
});

test('a namespace belongs to one application in one environment, unless both name different clusters', () => {
  const owned = (owner: string) =>
    `namespace is "shop": write another namespace, because ${owner} uses this one; ${clusters}`;
  expect(
    messages(
      placed('shop', onNodes(30_001, 'a'), 'staging'),
      placed('shop', onNodes(30_002, 'b'), 'production'),
      placed('blog', onNodes(30_003, 'b'), 'test'),
      placed('wiki', onNodes(30_004), 'dev'),
      placed('paper', onHost(80)),
    ),
  ).toEqual([`blog (test): ${owned('shop (production)')}`, `wiki (dev): ${owned('shop (staging)')}`]);
});

test('an application and its environment have a name together that no others have', () => {
  expect(
    messages(
      placed('shop', onHost(80), 'api-dev'),
      placed('shop', onHost(82), 'dev'),
      placed('shop-api', onHost(81)),
    ),
  ).toEqual([
    'shop-api (dev): name and environment together are "shop-api-dev", like those of shop (api-dev): ' +
      'write another name of the application or of the environment',
  ]);
});

test('containers and volumes of two environments on one engine have different names', () => {
  const on = (environment: string, name: string, volume: string, host?: string) =>
    planApplication(
      application(
        (app) =>
          new Backend(app, name, {
            image: 'api:1.0',
            port: 8000,
            volumes: { [volume]: { path: '/data', size: Size.gibibytes(1) } },
          }),
        docker(host === undefined ? {} : { host }),
        { environment },
      ),
      targets,
      new Map(),
    );
  expect(messages(on('dev', 'api-web', 'one'), on('dev-api', 'web', 'two'))).toEqual([
    'shop/web: name is "web" in dev-api: write another name, because shop (dev) has a ' +
      `container shop-dev-api-web as well; ${hosts}`,
  ]);
  expect(messages(on('dev', 'a', 'b-c'), on('dev-a', 'b', 'c'))).toEqual([
    `shop/b: name is "b" in dev-a: write another name, because shop (dev) has a volume shop-dev-a-b-c as well; ${hosts}`,
  ]);
  expect(messages(on('dev', 'a', 'b-c'), on('dev-a', 'b', 'c', 'ssh://other'))).toEqual([]);
});

const proxied = (
  name: string,
  path: string,
  proxy: ClusterProxy,
  host = 'www.example.com',
  context?: string,
) =>
  planApplication(
    application(
      (app) => {
        const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
        const hosts = host === '' ? {} : { hosts: [host] };
        new ReverseProxy(app, 'proxy', { routes: [Route.path(path, api, hosts)] });
      },
      kubernetes({ namespace: name, proxy, ...(context !== undefined && { context }) }),
      { name },
    ),
    targets,
    new Map(),
  );
const controller = { namespace: 'proxies', labels: { app: 'proxy' } };
const shared = ingress({ className: 'nginx', controller });

test('a route on a shared entrance belongs to one application', () => {
  expect(
    messages(
      proxied('blog', '/', shared),
      proxied('shop', '/', shared),
      proxied('wiki', '/wiki', shared),
      proxied('paper', '/', ingress({ className: 'other', controller })),
      proxied('mail', '/', shared, 'mail.example.com'),
    ),
  ).toEqual([
    'shop/proxy: routes has www.example.com/ in dev: write another host or path, because blog (dev) has the same ' +
      `route on the IngressClass nginx; ${clusters}`,
  ]);
  const existing = gateway({ gateway: { name: 'public', namespace: 'gateways' }, controller });
  expect(messages(proxied('blog', '/api/', existing, ''), proxied('shop', '/api', existing, ''))).toEqual([
    'shop/proxy: routes has /api of any host in dev: write hosts for this route, because blog (dev) has the same ' +
      `route on the Gateway gateways/public; ${clusters}`,
  ]);
  const own = gateway({ className: 'envoy', controller });
  expect(messages(proxied('blog', '/', own), proxied('shop', '/', own))).toEqual([]);
  expect(
    messages(
      proxied('blog', '/', shared, 'a.example', 'one'),
      proxied('shop', '/', shared, 'a.example', 'two'),
    ),
  ).toEqual([]);
});

const twice = "staging: kubernetes({ namespace: 'web' }), production: kubernetes({ namespace: 'web' })";

test.each<[string, (project: string) => Outcome]>([
  ['synth', (project) => synthIn(project, { application: 'shop', environment: 'production' })],
  ['check', (project) => runIn(project, check, { application: 'shop', environment: 'production' })],
])('%s of one environment also looks at those that it was not asked for', (_, run) => {
  const project = projectOf({ 'stacks/shop.ts': stackFile({ environments: twice }) });
  expect(run(project).thrown?.message).toBe(
    `shop (production): namespace is "web": write another namespace, because shop (staging) uses this one; ${clusters}`,
  );
});

test('a conflict of others is told to them', () => {
  const project = projectOf({
    'stacks/shop.ts': stackFile(),
    'stacks/blog.ts': stackFile({ name: 'blog', environments: twice }),
  });
  expect(synthIn(project, { application: 'shop' })).toMatchObject({ thrown: undefined, stderr: '' });
});

test('what cannot be read stops no other, and is told', () => {
  const project = projectOf({
    'stacks/shop.ts': stackFile(),
    'stacks/blog.ts': 'throw new Error("no");',
    'stacks/wiki.ts': stackFile({ name: 'wiki', props: "image: 'api:1.0', port: 0" }),
  });
  const outcome = synthIn(project, { application: 'shop' });
  expect(outcome.thrown).toBeUndefined();
  expect(outcome.stderr).toBe(
    'stacks/blog, wiki (dev) cannot be read, so it is not known whether a namespace, a port or a name is used there ' +
      'as well: run catamaran synth to see why',
  );
});

test('synth refuses applications that share a port, and writes nothing', () => {
  const environments =
    'dev: docker({ components: { api: { expose: { kind: "host-port", port: 80, address: "0.0.0.0" } } } })';
  const project = projectOf({
    'stacks/shop.ts': stackFile({ environments }),
    'stacks/blog.ts': stackFile({ name: 'blog', environments }),
  });
  expect(synthIn(project).thrown?.message).toBe(
    `shop/api: publish is 80 in dev: write another port, because blog (dev) publishes this one; ${hosts}`,
  );
});

test('synth refuses applications that share a namespace or a name', () => {
  const environments = 'dev: kubernetes({ namespace: "web" }), "a-dev": docker()';
  const project = projectOf({
    'stacks/shop.ts': stackFile({ environments }),
    'stacks/shop-a.ts': stackFile({ name: 'shop-a', environments }),
  });
  const outcome = synthIn(project);
  expect(outcome.thrown?.message).toBe(
    [
      `shop-a (dev): namespace is "web": write another namespace, because shop (dev) uses this one; ${clusters}`,
      'shop-a (dev): name and environment together are "shop-a-dev", like those of shop (a-dev): write another name of the application or of the environment',
    ].join('\n'),
  );
  expect(filesBelow(`${project}/dist`)).toEqual({});
});

test('a namespace is a DNS label', () => {
  expect(
    issuesOfApp(
      (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }),
      kubernetes({ namespace: 'My_Space' }),
    ),
  ).toEqual([
    'shop (dev): namespace is "My_Space": write my-space: only lower-case letters, digits and - are allowed',
  ]);
});

test('images that are built for a cluster need a registry', () => {
  const folder = projectOf({ Dockerfile: 'FROM scratch\n' });
  const place = kubernetes({ namespace: 'shop' });
  expect(
    issuesOfApp((app) => new Backend(app, 'api', { image: Image.build('.'), port: 8000 }), place, { folder }),
  ).toEqual([
    'shop (dev): registry is missing: write the registry from which the cluster pulls the images of api',
  ]);
});

const api = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
const labelText = 'only lower-case letters, digits and - are allowed';
const subdomain = 'only lower-case letters, digits, - and . are allowed';

test('what a cluster has by a name is named as a cluster names it', () => {
  const place = kubernetes({
    namespace: 'shop',
    storageClass: 'Fast Disks',
    secrets: existingSecret('shop_secrets'),
  });
  expect(issuesOfApp(api, place)).toEqual([
    `shop (dev): secrets.name is "shop_secrets": write shop-secrets: ${subdomain}`,
    `shop (dev): storageClass is "Fast Disks": write fast-disks: ${subdomain}`,
  ]);
});

test.each<[string, ClusterProxy, string[]]>([
  [
    'Ingress',
    ingress({ className: 'Nginx', passwords: 'ops users', controller: { namespace: 'a.b', labels: {} } }),
    [
      `proxy.controller.namespace is "a.b": write a-b: ${labelText}`,
      "proxy.controller.labels is {}: write the labels of the controller's pods, because no labels would " +
        'select every pod of the namespace',
      `proxy.className is "Nginx": write nginx: ${subdomain}`,
      `proxy.passwords is "ops users": write ops-users: ${subdomain}`,
    ],
  ],
  [
    'Gateway of its own',
    gateway({ className: 'Envoy', controller: { namespace: 'envoy', labels: { app: 'envoy' } } }),
    [`proxy.className is "Envoy": write envoy: ${subdomain}`],
  ],
  [
    'Gateway of others',
    gateway({
      gateway: { name: 'Shared', namespace: '' },
      controller: { namespace: 'envoy', labels: { app: 'envoy' } },
    }),
    [
      `proxy.gateway.name is "Shared": write shared: ${subdomain}`,
      'proxy.gateway.namespace is "": write a name, such as shop',
    ],
  ],
])('a proxy of the cluster is named as a cluster names it: %s', (_, proxy, issues) => {
  expect(issuesOfApp(api, kubernetes({ namespace: 'shop', proxy }))).toEqual(
    issues.map((issue) => `shop (dev): ${issue}`),
  );
});

test.each([
  [tlsSecret('My Certificate'), 'my-certificate'],
  [certManager('My Issuer'), 'my-issuer'],
] as const)('a certificate of the cluster is named as a cluster names it: %j', (certificate, close) => {
  const proxied = (app: Application) =>
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api(app))], tls: { certificate } });
  const message = `shop (dev): tls of proxy is ${JSON.stringify(certificate.name)}: write ${close}: ${subdomain}`;
  expect(issuesOfApp(proxied, kubernetes({ namespace: 'shop' }))).toContain(message);
});
