import { certificateFiles, certManager, Duration, ingress, Route, Secret, Size, tlsSecret } from 'catamaran';
import { proxyTableOf } from '../../../charts/proxy/support';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import type { ProxyTable } from '../../../constructs/target/proxy';
import { dockerProxy } from '../../../docker/lower/proxy';
import {
  annotated,
  at,
  bare,
  hostless,
  hosts,
  noted,
  plainly,
  proxies,
  redirected,
  refused,
  route,
  routed,
  secured,
  shop,
  unproxied,
  type Cases,
  type Where,
} from '../../support/proxied';
import { expectRule, type RuleCase } from '../../support/rules';

const tables: Readonly<Record<Where, ProxyTable>> = {
  docker: dockerProxy,
  nginx: proxyTableOf(proxies.nginx),
  ingress: proxyTableOf(proxies.ingress),
  'ingress-nginx': proxyTableOf(proxies['ingress-nginx']),
  gateway: proxyTableOf(proxies.gateway),
  'existing gateway': proxyTableOf(proxies['existing gateway']),
};

const secret = { certificate: tlsSecret('shop-tls') };
const files = { certificate: certificateFiles() };
const issued = { certificate: certManager('letsencrypt') };
const auth = { user: 'ops', password: Secret.named('PASSWORD') };
const sticky = { cookie: 'visitor' };
const basic = '{"kind":"basic","user":"ops","password":"PASSWORD"}';
const cookie = '{"kind":"cookie","name":"visitor"}';
const annotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";
const rich = 'proxy: nginx() or gateway(…)';

const inTheClear = {
  auth: {
    'without TLS the password can be read on its way': refused(
      'routes /api auth',
      basic,
      "tls: { certificate: … }, or on Docker expose: hostPort(…, '127.0.0.1')",
      route({ auth }),
      (place) =>
        place.target === 'docker'
          ? at(place, routed({ auth }), undefined, '127.0.0.1')
          : at(place, routed({ auth }), secret),
    ),
  },
} satisfies Cases;

const certificates = {
  'it reads its certificate from a Secret of type kubernetes.io/tls': refused(
    'tls',
    '{"kind":"https","certificate":{"kind":"secrets","certificate":"TLS_CERTIFICATE","key":"TLS_KEY"},"redirectFrom":"none"}',
    'tls: { certificate: tlsSecret(…) } or certManager(…)',
    secured(files),
    secured(secret),
  ),
  'it listens at the ports of its controller': refused(
    'tls',
    '{"kind":"https","certificate":{"kind":"tls-secret","name":"shop-tls"},"redirectFrom":8080}',
    'tls without redirectFrom',
    secured({ ...secret, redirectFrom: 8080 }),
    secured(secret),
  ),
} satisfies Cases['tls'];

const everywhere = {
  hosts: {
    'some controllers pass what no route of a host is for on to the routes of any host': noted(
      (place) =>
        at(
          place,
          shop((api, other) => [Route.path('/a', api, { hosts: ['a.example'] }), Route.path('/', other)]),
        ),
      plainly,
    ),
  },
  path: {
    "the cluster's own proxy carries them out: the image, size and published port of the component are not used":
      noted(plainly, unproxied),
  },
} satisfies Cases;

const plain = {
  ...everywhere,
  targets: {
    'an Ingress leads a path to one component': refused(
      'routes /api targets',
      '[{"workload":"api","port":8000,"weight":1},{"workload":"other","port":8000,"weight":3}]',
      'proxy: nginx() or gateway(…), or one component',
      (place) =>
        at(
          place,
          shop((api, other) => [
            Route.path('/api', [{ component: api }, { component: other, weight: 3 }], { hosts }),
          ]),
        ),
      plainly,
    ),
  },
  stripPrefix: {
    'an Ingress passes paths on as they are': refused(
      'routes /api stripPrefix',
      'true',
      rich,
      route({ stripPrefix: true }),
      route({ stripPrefix: false }),
    ),
  },
  redirect: {
    'an Ingress leads to components alone': refused(
      'routes /old redirect',
      '{"kind":"redirect","origin":"","path":"/new","status":301}',
      rich,
      (place) => at(place, redirected(301)),
      plainly,
    ),
  },
  websocket: {
    'WebSockets pass where the controller lets them, as most do': noted(
      route({ websocket: true }),
      route({ websocket: false }),
    ),
  },
  bodyLimit: {
    'an Ingress limits no body': refused(
      'routes /api bodyLimit',
      '{"bytes":9}',
      annotations,
      route({ bodyLimit: Size.bytes(9) }),
      plainly,
    ),
    "the controller's own limits of bodies hold": noted(plainly, unproxied),
  },
  timeout: {
    'an Ingress has no timeouts': refused(
      'routes /api timeout',
      '{"milliseconds":9000}',
      annotations,
      route({ timeout: Duration.seconds(9) }),
      plainly,
    ),
    "the controller's own timeouts hold": noted(plainly, unproxied),
  },
  sticky: {
    'an Ingress keeps no visitor at a replica': refused(
      'routes /api sticky',
      cookie,
      annotations,
      route({ sticky }),
      plainly,
    ),
  },
  auth: {
    'an Ingress asks for no password': refused(
      'routes /api auth',
      basic,
      annotations,
      route({ auth }),
      plainly,
    ),
  },
  tls: {
    ...certificates,
    'an Ingress has certificates for host names': refused(
      'tls',
      '{"kind":"https","certificate":{"kind":"tls-secret","name":"shop-tls"},"redirectFrom":"none"}',
      'hosts for every route',
      secured(secret, hostless),
      secured(secret),
    ),
    'whether plain HTTP is sent on to HTTPS is up to the controller': noted(secured(secret), plainly),
  },
} satisfies Cases;

const gateways = {
  ...everywhere,
  redirect: {
    'an HTTPRoute redirects with 301 and 302': refused(
      'routes /old redirect',
      '{"kind":"redirect","origin":"","path":"/new","status":308}',
      'status: 301, or proxy: nginx()',
      (place) => at(place, redirected(308)),
      (place) => at(place, redirected(301)),
    ),
  },
  websocket: plain.websocket,
  bodyLimit: {
    'an HTTPRoute limits no body': refused(
      'routes /api bodyLimit',
      '{"bytes":9}',
      'proxy: nginx()',
      route({ bodyLimit: Size.bytes(9) }),
      plainly,
    ),
    "the controller's own limits of bodies hold": noted(plainly, unproxied),
  },
  timeout: {
    'an HTTPRoute limits the time of a whole request, not of a silence': noted(
      route({ timeout: Duration.seconds(9) }),
      plainly,
    ),
    "the controller's own timeouts hold": noted(plainly, unproxied),
  },
  sticky: {
    'an HTTPRoute of the standard channel keeps no visitor at a replica': refused(
      'routes /api sticky',
      cookie,
      annotations,
      route({ sticky }),
      plainly,
    ),
  },
  auth: {
    'an HTTPRoute asks for no password': refused(
      'routes /api auth',
      basic,
      annotations,
      route({ auth }),
      plainly,
    ),
  },
} satisfies Cases;

const withoutPasswords = (place: EnvironmentSpec): EnvironmentSpec =>
  place.target === 'docker' ? place : { ...place, proxy: ingress(annotated) };

const cases: Readonly<Record<Where, Cases>> = {
  docker: {
    ...inTheClear,
    tls: {
      'an engine has neither Kubernetes Secrets nor cert-manager': refused(
        'tls',
        '{"kind":"https","certificate":{"kind":"tls-secret","name":"shop-tls"},"redirectFrom":"none"}',
        'tls: { certificate: certificateFiles(…) }',
        (place) => at(place, bare, secret, '127.0.0.1'),
        (place) => at(place, bare, files, '127.0.0.1'),
      ),
    },
  },
  nginx: {
    ...inTheClear,
    sticky: {
      'replicas that visitors stay at are those of a StatefulSet, which nginx asks Service kube-dns of kube-system for, in a cluster of the domain cluster.local: a release replaces one after the other, and waits for each as long as it takes, whatever the deadline':
        noted(route({ sticky }), plainly),
      'nginx knows no replicas that come and go': refused(
        'routes /api sticky',
        '"api"',
        "autoscale: 'off' for the component",
        (place) =>
          at(
            place,
            shop((api) => [Route.path('/api', api, { hosts, sticky })], { autoscale: { max: 4 } }),
          ),
        route({ sticky }),
      ),
    },
    tls: {
      'cert-manager serves an Ingress or a Gateway': refused(
        'tls',
        '{"kind":"https","certificate":{"kind":"issuer","name":"letsencrypt"},"redirectFrom":80}',
        'proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a Certificate',
        secured(issued),
        secured(files),
      ),
      'nginx reads its certificate when it starts: restart it after a renewal': noted(
        secured(secret),
        secured(files),
      ),
    },
  },
  ingress: plain,
  'ingress-nginx': {
    ...everywhere,
    targets: plain.targets,
    redirect: plain.redirect,
    stripPrefix: {
      'ingress-nginx takes all paths of a host for patterns without case, as one of them is stripped': noted(
        route({ stripPrefix: true }),
        plainly,
      ),
    },
    auth: {
      'an Ingress reads no plain passwords': refused(
        'routes /api auth',
        basic,
        "ingress({ passwords: '<a Secret with users and hashes>', … })",
        (place) => at(withoutPasswords(place), routed({ auth }), secret),
        (place) => at(place, routed({ auth }), secret),
      ),
      'without TLS the password can be read on its way': refused(
        'routes /api auth',
        basic,
        'tls: { certificate: tlsSecret(…) } or certManager(…)',
        route({ auth }),
        (place) => at(place, routed({ auth }), secret),
      ),
      'users and passwords are those of the Secret that the environment names; components see them': noted(
        (place) => at(place, routed({ auth }), secret),
        plainly,
      ),
    },
    tls: {
      ...certificates,
      'an Ingress has certificates for host names': plain.tls['an Ingress has certificates for host names'],
    },
  },
  gateway: {
    ...gateways,
    tls: {
      ...certificates,
      'cert-manager gets certificates for host names': refused(
        'tls',
        '{"kind":"https","certificate":{"kind":"issuer","name":"letsencrypt"},"redirectFrom":"none"}',
        'hosts for every route',
        secured(issued, hostless),
        secured(issued),
      ),
    },
  },
  'existing gateway': {
    ...gateways,
    tls: {
      'the Gateway has its certificates from those who keep it': refused(
        'tls',
        '{"kind":"https","certificate":{"kind":"tls-secret","name":"shop-tls"},"redirectFrom":"none"}',
        "tls: 'off', or gateway({ className: … })",
        secured(secret),
        plainly,
      ),
    },
  },
};

const named = Object.entries(cases).flatMap(([where, features]) =>
  Object.entries(features).flatMap(([feature, rules]) =>
    Object.entries(rules).map(([words, told]): RuleCase => ({
      rule: `${where}: ${feature}: ${words}`,
      field: feature === 'tls' ? 'tls' : 'routes',
      workload: 'proxy',
      words,
      ...told(where as Where),
    })),
  ),
);

test('every rule of every proxy has a case', () => {
  const rules = Object.entries(tables).flatMap(([where, table]) =>
    Object.entries(table).flatMap(([feature, ofFeature]) =>
      ofFeature.map((one) => `${where}: ${feature}: ${one.support === 'refused' ? one.reason : one.note}`),
    ),
  );
  expect(named.map((one) => one.rule).sort()).toEqual(rules.sort());
});

test.each(named.map((one) => [one.rule, one] as const))('%s', (_, one) => {
  expectRule(one);
});
