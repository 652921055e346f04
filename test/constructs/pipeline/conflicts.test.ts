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
import { filesBelow, projectOf, stackFile, synthIn } from '../../support/project';
import { Image } from 'catamaran';

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

test('a port of a host is published by one application of an environment', () => {
  const issues = conflicts([
    placed('blog', onHost(80)),
    placed('shop', onHost(80)),
    placed('wiki', onHost(80)),
  ]);
  expect(issues.map(formatIssue)).toEqual([
    'shop/api: publish is 80: write another port, because blog publishes this one in dev',
    'wiki/api: publish is 80: write another port, because blog publishes this one in dev',
  ]);
});

test('a port of the nodes of a cluster is published by one application of an environment', () => {
  const issues = conflicts([
    placed('blog', onNodes(30_001, undefined, 'blog')),
    placed('shop', onNodes(30_001)),
  ]);
  expect(issues.map(formatIssue)).toEqual([
    'shop/api: publish is 30001: write another port, because blog publishes this one in dev',
  ]);
});

test.each<[string, Planned, Planned]>([
  ['ports', placed('blog', onHost(80)), placed('shop', onHost(81))],
  ['hosts', placed('blog', onHost(80)), placed('shop', onHost(80, 'ssh://other'))],
  ['clusters', placed('blog', onNodes(30_001, 'a')), placed('shop', onNodes(30_001, 'b'))],
  ['environments', placed('blog', onHost(80)), placed('shop', onHost(80), 'test')],
])('different %s do not collide', (_, one, other) => {
  expect(conflicts([one, other])).toEqual([]);
});

test('a namespace of a cluster belongs to one application of an environment', () => {
  const issues = conflicts([
    placed('blog', onNodes(30_001)),
    placed('shop', onNodes(30_002)),
    placed('shop', onNodes(30_002), 'live'),
    placed('wiki', onNodes(30_001, 'other')),
    placed('paper', onHost(80)),
  ]);
  expect(issues.map(formatIssue)).toEqual([
    'shop (dev): namespace is "shop": write another namespace, because blog uses this one',
  ]);
});

test('an application and its environment have a name together that no others have', () => {
  const issues = conflicts([
    placed('shop', onHost(80), 'api-dev'),
    placed('shop', onHost(80), 'dev'),
    placed('shop-api', onHost(81)),
  ]);
  expect(issues.map(formatIssue)).toEqual([
    'shop-api (dev): name and environment together are "shop-api-dev", like those of shop (api-dev): ' +
      'write another name of the application or of the environment',
  ]);
});

test('synth refuses applications that share a port, and writes nothing', () => {
  const environments =
    'dev: docker({ components: { api: { expose: { kind: "host-port", port: 80, address: "0.0.0.0" } } } })';
  const project = projectOf({
    'stacks/shop.ts': stackFile({ environments }),
    'stacks/blog.ts': stackFile({ name: 'blog', environments }),
  });
  expect(synthIn(project).thrown?.message).toBe(
    'shop/api: publish is 80: write another port, because blog publishes this one in dev',
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
      'shop-a (dev): namespace is "web": write another namespace, because shop uses this one',
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
