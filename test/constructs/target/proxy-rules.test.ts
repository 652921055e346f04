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
const annotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";
const rich = 'proxy: nginx() or gateway(…)';

const inTheClear = {
  auth: {
    'without TLS, others on the network can read the password': refused(
      'routes /api auth',
      undefined,
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
  "the cluster's proxy reads its certificate from a Secret of type kubernetes.io/tls": refused(
    'tls',
    undefined,
    'tls: { certificate: tlsSecret(…) } or certManager(…)',
    secured(files),
    secured(secret),
  ),
  "the cluster's proxy listens only on the ports of its controller": refused(
    'tls',
    undefined,
    'tls without redirectFrom',
    secured({ ...secret, redirectFrom: 8080 }),
    secured(secret),
  ),
} satisfies Cases['tls'];

const everywhere = {
  hosts: {
    'Some controllers send a request that matches no route of its host to the routes for any host': noted(
      (place) =>
        at(
          place,
          shop((api, other) => [Route.path('/a', api, { hosts: ['a.example'] }), Route.path('/', other)]),
        ),
      plainly,
    ),
  },
  path: {
    "The cluster's own proxy handles the routes. The image, size and published port of the component are not used":
      noted(plainly, unproxied),
  },
} satisfies Cases;

const plain = {
  ...everywhere,
  targets: {
    'an Ingress can send a path to only one component': refused(
      'routes /api targets',
      undefined,
      'proxy: nginx() or gateway(…), or a single component',
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
    'an Ingress cannot change the path of a request': refused(
      'routes /api stripPrefix',
      'true',
      rich,
      route({ stripPrefix: true }),
      route({ stripPrefix: false }),
    ),
  },
  redirect: {
    'an Ingress cannot redirect': refused(
      'routes /old redirect',
      undefined,
      rich,
      (place) => at(place, redirected(301)),
      plainly,
    ),
  },
  websocket: {
    'WebSockets work if the controller allows them, as most do': noted(
      route({ websocket: true }),
      route({ websocket: false }),
    ),
  },
  bodyLimit: {
    'an Ingress cannot limit the size of a request body': refused(
      'routes /api bodyLimit',
      undefined,
      annotations,
      route({ bodyLimit: Size.bytes(9) }),
      plainly,
    ),
    "The controller's own limit for request bodies applies": noted(plainly, unproxied),
  },
  timeout: {
    'an Ingress has no timeouts': refused(
      'routes /api timeout',
      undefined,
      annotations,
      route({ timeout: Duration.seconds(9) }),
      plainly,
    ),
    "The controller's own timeouts apply": noted(plainly, unproxied),
  },
  sticky: {
    'an Ingress cannot keep a visitor at one replica': refused(
      'routes /api sticky',
      undefined,
      annotations,
      route({ sticky }),
      plainly,
    ),
  },
  auth: {
    'an Ingress cannot ask for a password': refused(
      'routes /api auth',
      undefined,
      annotations,
      route({ auth }),
      plainly,
    ),
  },
  tls: {
    ...certificates,
    'an Ingress can use certificates only for host names': refused(
      'tls',
      undefined,
      'hosts for every route',
      secured(secret, hostless),
      secured(secret),
    ),
    'The controller decides whether plain HTTP is redirected to HTTPS': noted(secured(secret), plainly),
  },
} satisfies Cases;

const gateways = {
  ...everywhere,
  redirect: {
    'an HTTPRoute can redirect only with 301 or 302': refused(
      'routes /old redirect',
      undefined,
      'status: 301, or proxy: nginx()',
      (place) => at(place, redirected(308)),
      (place) => at(place, redirected(301)),
    ),
  },
  websocket: plain.websocket,
  bodyLimit: {
    'an HTTPRoute cannot limit the size of a request body': refused(
      'routes /api bodyLimit',
      undefined,
      'proxy: nginx()',
      route({ bodyLimit: Size.bytes(9) }),
      plainly,
    ),
    "The controller's own limit for request bodies applies": noted(plainly, unproxied),
  },
  timeout: {
    'An HTTPRoute limits the time of the whole request, not the time without any data': noted(
      route({ timeout: Duration.seconds(9) }),
      plainly,
    ),
    "The controller's own timeouts apply": noted(plainly, unproxied),
  },
  sticky: {
    'an HTTPRoute of the standard channel cannot keep a visitor at one replica': refused(
      'routes /api sticky',
      undefined,
      annotations,
      route({ sticky }),
      plainly,
    ),
  },
  auth: {
    'an HTTPRoute cannot ask for a password': refused(
      'routes /api auth',
      undefined,
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
        undefined,
        'tls: { certificate: certificateFiles(…) }',
        (place) => at(place, bare, secret, '127.0.0.1'),
        (place) => at(place, bare, files, '127.0.0.1'),
      ),
    },
  },
  nginx: {
    ...inTheClear,
    sticky: {
      'The replicas that visitors stay at run as a StatefulSet. nginx asks the Service kube-dns in kube-system for their addresses, in the domain cluster.local: the cluster must have both. A release replaces the replicas one after the other, and waits for each as long as it takes: the deadline does not apply':
        noted(route({ sticky }), plainly),
      'nginx cannot follow replicas that come and go': refused(
        'routes /api sticky to api',
        undefined,
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
      'cert-manager gets certificates for an Ingress or a Gateway, not for this nginx': refused(
        'tls',
        undefined,
        'proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a cert-manager ' +
          'Certificate',
        secured(issued),
        secured(files),
      ),
      'nginx reads its certificate only when it starts. Restart it after each renewal': noted(
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
      'Because one path is stripped, ingress-nginx reads all paths of its host as patterns that ignore case':
        noted(route({ stripPrefix: true }), plainly),
    },
    auth: {
      'an Ingress cannot read plain passwords': refused(
        'routes /api auth',
        undefined,
        "ingress({ passwords: '<a Secret with users and hashes>', … })",
        (place) => at(withoutPasswords(place), routed({ auth }), secret),
        (place) => at(place, routed({ auth }), secret),
      ),
      'without TLS, others on the network can read the password': refused(
        'routes /api auth',
        undefined,
        'tls: { certificate: tlsSecret(…) } or certManager(…)',
        route({ auth }),
        (place) => at(place, routed({ auth }), secret),
      ),
      'The users and passwords come from the Secret that the environment names. The components can see them':
        noted((place) => at(place, routed({ auth }), secret), plainly),
    },
    tls: {
      ...certificates,
      'an Ingress can use certificates only for host names':
        plain.tls['an Ingress can use certificates only for host names'],
    },
  },
  gateway: {
    ...gateways,
    tls: {
      ...certificates,
      'cert-manager gets certificates only for host names': refused(
        'tls',
        undefined,
        'hosts for every route',
        secured(issued, hostless),
        secured(issued),
      ),
    },
  },
  'existing gateway': {
    ...gateways,
    tls: {
      'the owner of the Gateway chooses its certificates': refused(
        'tls',
        undefined,
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
