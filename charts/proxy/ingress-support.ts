import type { IngressProxy } from '../../constructs/model/proxy';
import {
  defaultBodyLimit,
  defaultTimeout,
  namedHosts,
  prefixOf,
  routesFor,
} from '../../constructs/model/route';
import type { Workload } from '../../constructs/model/workload';
import {
  forwarding,
  routing,
  securing,
  type ProxyRule,
  type ProxyTable,
} from '../../constructs/target/proxy';

/** The program of a proxy that the cluster's own takes the place of. */
const replaced: ProxyRule = {
  support: 'emulated',
  of: ({ routes }) => [{ field: 'routes', got: routes }],
  note: "the cluster's own proxy carries them out: the image, size and published port of the component are not used",
};

const fallingThrough: ProxyRule = {
  support: 'emulated',
  of: ({ routes }) => (isExclusive(routes) ? [] : [{ field: 'routes hosts', got: namedHosts(routes) }]),
  note: 'some controllers pass what no route of a host is for on to the routes of any host',
};

// Where each host has a route for every path, there is nothing left to fall through.
function isExclusive(routes: Workload['routes']): boolean {
  if (routes.every(({ hosts }) => hosts.length > 0)) return true;
  return namedHosts(routes).every((host) =>
    routesFor(host, routes).some(({ path }) => prefixOf(path) === ''),
  );
}

/** Proxies that can what others cannot. */
export const needsNginx = 'proxy: nginx()';
export const needsAnnotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";

/** HTTPS for hosts that no route names. */
export const hostless = securing(
  (tls, { routes }) => tls.kind === 'https' && routes.some(({ hosts }) => hosts.length === 0),
);

const secretsAsFiles = securing((tls) => tls.kind === 'https' && tls.certificate.kind === 'secrets');

const ownPort = securing((tls) => tls.kind === 'https' && tls.redirectFrom !== 'none');

/** What holds for the certificate of every proxy of a cluster. */
export const secured: readonly ProxyRule[] = [
  {
    support: 'refused',
    of: secretsAsFiles,
    reason: 'it reads its certificate from a Secret of type kubernetes.io/tls',
    fix: 'tls: { certificate: tlsSecret(…) } or certManager(…)',
  },
  {
    support: 'refused',
    of: ownPort,
    reason: 'it listens at the ports of its controller',
    fix: 'tls without redirectFrom',
  },
];

/** What the Ingress API alone can say. */
export const plainIngress: ProxyTable = {
  hosts: [fallingThrough],
  path: [replaced],
  targets: [
    {
      support: 'refused',
      of: forwarding('targets', ({ length }) => length > 1),
      reason: 'an Ingress leads a path to one component',
      fix: 'proxy: nginx() or gateway(…), or one component',
    },
  ],
  stripPrefix: [
    {
      support: 'refused',
      of: forwarding('stripPrefix', (stripped) => stripped),
      reason: 'an Ingress passes paths on as they are',
      fix: 'proxy: nginx() or gateway(…)',
    },
  ],
  redirect: [
    {
      support: 'refused',
      of: routing('redirect', ({ answer }) => answer.kind === 'redirect'),
      reason: 'an Ingress leads to components alone',
      fix: 'proxy: nginx() or gateway(…)',
    },
  ],
  websocket: [
    {
      support: 'emulated',
      of: forwarding('websocket', (websocket) => websocket),
      note: 'WebSockets pass where the controller lets them, as most do',
    },
  ],
  bodyLimit: [
    {
      support: 'refused',
      of: forwarding('bodyLimit', ({ bytes }) => bytes !== defaultBodyLimit.bytes),
      reason: 'an Ingress limits no body',
      fix: needsAnnotations,
    },
    {
      support: 'emulated',
      of: forwarding('bodyLimit', ({ bytes }) => bytes === defaultBodyLimit.bytes),
      note: "the controller's own limits of bodies hold",
    },
  ],
  timeout: [
    {
      support: 'refused',
      of: forwarding('timeout', ({ milliseconds }) => milliseconds !== defaultTimeout.milliseconds),
      reason: 'an Ingress has no timeouts',
      fix: needsAnnotations,
    },
    {
      support: 'emulated',
      of: forwarding('timeout', ({ milliseconds }) => milliseconds === defaultTimeout.milliseconds),
      note: "the controller's own timeouts hold",
    },
  ],
  sticky: [
    {
      support: 'refused',
      of: forwarding('sticky', ({ kind }) => kind === 'cookie'),
      reason: 'an Ingress keeps no visitor at a replica',
      fix: needsAnnotations,
    },
  ],
  auth: [
    {
      support: 'refused',
      of: forwarding('auth', ({ kind }) => kind === 'basic'),
      reason: 'an Ingress asks for no password',
      fix: needsAnnotations,
    },
  ],
  tls: [
    ...secured,
    {
      support: 'refused',
      of: hostless,
      reason: 'an Ingress has certificates for host names',
      fix: 'hosts for every route',
    },
    {
      support: 'emulated',
      of: securing((tls) => tls.kind === 'https'),
      note: 'whether plain HTTP is sent on to HTTPS is up to the controller',
    },
  ],
};

/** What it can say with the annotations of ingress-nginx. */
export function ingressNginx({ passwords }: IngressProxy): ProxyTable {
  return {
    ...plainIngress,
    stripPrefix: [
      {
        support: 'emulated',
        of: forwarding('stripPrefix', (stripped) => stripped),
        note: 'ingress-nginx takes all paths of a host for patterns without case, as one of them is stripped',
      },
    ],
    websocket: [],
    bodyLimit: [],
    timeout: [],
    sticky: [],
    auth: [
      {
        support: 'refused',
        of: forwarding('auth', ({ kind }) => kind === 'basic' && passwords === ''),
        reason: 'an Ingress reads no plain passwords',
        fix: "ingress({ passwords: '<a Secret with users and hashes>', … })",
      },
      {
        support: 'refused',
        of: forwarding('auth', ({ kind }, { tls }) => kind === 'basic' && tls.kind === 'none'),
        reason: 'without TLS the password can be read on its way',
        fix: 'tls: { certificate: tlsSecret(…) } or certManager(…)',
      },
      {
        support: 'emulated',
        of: forwarding('auth', ({ kind }) => kind === 'basic' && passwords !== ''),
        note: 'users and passwords are those of the Secret that the environment names; components see them',
      },
    ],
    tls: plainIngress.tls.filter(({ support }) => support === 'refused'),
  };
}
