import type { IngressProxy } from '../../constructs/model/proxy';
import {
  defaultBodyLimit,
  defaultTimeout,
  isWildcard,
  namedHosts,
  prefixOf,
  routesFor,
  wildcardOf,
} from '../../constructs/model/route';
import type { Workload } from '../../constructs/model/workload';
import {
  forwardsWith,
  routesWith,
  proxiesWith,
  type ProxyRule,
  type ProxyTable,
} from '../../constructs/target/proxy';

/** The note on every proxy component whose routes the cluster's own proxy handles: the component has no container. */
const replaced: ProxyRule = {
  support: 'emulated',
  where: ({ routes }) => [{ field: 'routes', got: routes }],
  note: "The cluster's own proxy handles the routes. The image, size and published port of the component are not used",
};

const fallingThrough: ProxyRule = {
  support: 'emulated',
  where: ({ routes }) => (isExclusive(routes) ? [] : [{ field: 'routes hosts', got: namedHosts(routes) }]),
  note: 'Some controllers send a request that matches no route of its host to the routes for a wildcard or for any host',
};

// If a host has a route for /, each request for the host matches a route of that host.
function isExclusive(routes: Workload['routes']): boolean {
  const all = namedHosts(routes);
  const falls = routes.some(({ hosts }) => hosts.length === 0)
    ? all
    : all.filter((host) => !isWildcard(host) && all.includes(wildcardOf(host)));
  return falls.every((host) => routesFor(host, routes).some(({ path }) => prefixOf(path) === ''));
}

/** Trust is a matter of the controller, which all applications of the cluster share. */
const untrusting: ProxyRule = {
  support: 'refused',
  where: ({ routes, trustedProxies }) =>
    routes.length > 0 && trustedProxies.length > 0 ? [{ field: 'trustedProxies', got: trustedProxies }] : [],
  reason: "the configuration of the cluster's proxy says whom it trusts",
  fix: 'no trustedProxies here, but in the components of the environments with proxy: nginx()',
};

/** Texts for the fix of a rule. They name the proxies that support a feature that an Ingress or a Gateway lacks. */
export const needsNginx = 'proxy: nginx()';
export const needsAnnotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";

/** Finds proxies that use HTTPS and have a route without hosts. */
export const hostless = proxiesWith(
  (tls, { routes }) => tls.kind === 'https' && routes.some(({ hosts }) => hosts.length === 0),
);

const secretsAsFiles = proxiesWith((tls) => tls.kind === 'https' && tls.certificate.kind === 'secrets');

const ownPort = proxiesWith((tls) => tls.kind === 'https' && tls.redirectFrom !== 'none');

/** The rules for TLS that an Ingress and a new Gateway have in common. */
export const secured: readonly ProxyRule[] = [
  {
    support: 'refused',
    where: secretsAsFiles,
    reason: "the cluster's proxy reads its certificate from a Secret of type kubernetes.io/tls",
    fix: 'tls: { certificate: tlsSecret(…) } or certManager(…)',
  },
  {
    support: 'refused',
    where: ownPort,
    reason: "the cluster's proxy listens only on the ports of its controller",
    fix: 'tls without redirectFrom',
  },
];

/** How an Ingress without annotations supports the features of a proxy. */
export const plainIngress: ProxyTable = {
  hosts: [fallingThrough],
  path: [replaced],
  targets: [
    {
      support: 'refused',
      where: forwardsWith('targets', ({ length }) => length > 1),
      reason: 'an Ingress can send a path to only one component',
      fix: 'proxy: nginx() or gateway(…), or a single component',
    },
  ],
  stripPrefix: [
    {
      support: 'refused',
      where: forwardsWith('stripPrefix', (stripped) => stripped),
      reason: 'an Ingress cannot change the path of a request',
      fix: 'proxy: nginx() or gateway(…)',
    },
  ],
  redirect: [
    {
      support: 'refused',
      where: routesWith('redirect', ({ answer }) => answer.kind === 'redirect'),
      reason: 'an Ingress cannot redirect',
      fix: 'proxy: nginx() or gateway(…)',
    },
  ],
  websocket: [
    {
      support: 'emulated',
      where: forwardsWith('websocket', (websocket) => websocket),
      note: 'WebSockets work if the controller allows them, as most do',
    },
  ],
  bodyLimit: [
    {
      support: 'refused',
      where: forwardsWith('bodyLimit', ({ bytes }) => bytes !== defaultBodyLimit.bytes),
      reason: 'an Ingress cannot limit the size of a request body',
      fix: needsAnnotations,
    },
    {
      support: 'emulated',
      where: forwardsWith('bodyLimit', ({ bytes }) => bytes === defaultBodyLimit.bytes),
      note: "The controller's own limit for request bodies applies",
    },
  ],
  timeout: [
    {
      support: 'refused',
      where: forwardsWith('timeout', ({ milliseconds }) => milliseconds !== defaultTimeout.milliseconds),
      reason: 'an Ingress has no timeouts',
      fix: needsAnnotations,
    },
    {
      support: 'emulated',
      where: forwardsWith('timeout', ({ milliseconds }) => milliseconds === defaultTimeout.milliseconds),
      note: "The controller's own timeouts apply",
    },
  ],
  sticky: [
    {
      support: 'refused',
      where: forwardsWith('sticky', ({ kind }) => kind === 'cookie'),
      reason: 'an Ingress cannot keep a visitor at one replica',
      fix: needsAnnotations,
    },
  ],
  auth: [
    {
      support: 'refused',
      where: forwardsWith('auth', ({ kind }) => kind === 'basic'),
      reason: 'an Ingress cannot ask for a password',
      fix: needsAnnotations,
    },
  ],
  trustedProxies: [untrusting],
  tls: [
    ...secured,
    {
      support: 'refused',
      where: hostless,
      reason: 'an Ingress can use certificates only for host names',
      fix: 'hosts for every route',
    },
    {
      support: 'emulated',
      where: proxiesWith((tls) => tls.kind === 'https'),
      note: 'The controller decides whether plain HTTP is redirected to HTTPS',
    },
  ],
};

/** A component whose prefix is removed does not know it, and only our nginx adds it again. */
export const withoutPrefix: ProxyRule = {
  support: 'emulated',
  where: forwardsWith('stripPrefix', (stripped) => stripped),
  note: 'The proxy does not add the removed prefix to a path that the component redirects to',
};

/** How an Ingress with the annotations of ingress-nginx supports the features of a proxy. */
export function ingressNginx({ passwords }: IngressProxy): ProxyTable {
  return {
    ...plainIngress,
    stripPrefix: [
      {
        support: 'emulated',
        where: forwardsWith('stripPrefix', (stripped) => stripped),
        note: 'Because one path is stripped, ingress-nginx reads all paths of its host as patterns that ignore case',
      },
      withoutPrefix,
    ],
    websocket: [],
    bodyLimit: [],
    timeout: [
      {
        support: 'emulated',
        where: forwardsWith('timeout', ({ milliseconds }) => milliseconds % 1000 !== 0),
        note: 'ingress-nginx counts whole seconds: it rounds a part of a second up',
      },
    ],
    sticky: [],
    auth: [
      {
        support: 'refused',
        where: forwardsWith('auth', ({ kind }) => kind === 'basic' && passwords === ''),
        reason: 'an Ingress cannot read plain passwords',
        fix: "ingress({ passwords: '<a Secret with users and hashes>', … })",
      },
      {
        support: 'refused',
        where: forwardsWith('auth', ({ kind }, { tls }) => kind === 'basic' && tls.kind === 'none'),
        reason: 'without TLS, others on the network can read the password',
        fix: 'tls: { certificate: tlsSecret(…) } or certManager(…)',
      },
      {
        support: 'emulated',
        where: forwardsWith('auth', ({ kind }) => kind === 'basic' && passwords !== ''),
        note: 'The users and passwords come from the Secret that the environment names. The components can see them',
      },
    ],
    tls: plainIngress.tls.filter(({ support }) => support === 'refused'),
  };
}
