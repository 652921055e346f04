import { certificateFiles, Route, Secret, tlsSecret } from 'catamaran';
import {
  at,
  behind,
  noted,
  plainly,
  refused,
  route,
  secured,
  shop,
  unproxied,
  type Cases,
} from '../../../support/proxied';

/** TLS with a Secret of the cluster. */
export const secret = { certificate: tlsSecret('shop-tls') };
/** TLS with certificate files. */
export const files = { certificate: certificateFiles() };

/** Asks for a password. */
export const auth = { user: 'ops', password: Secret.named('PASSWORD') };
/** Keeps a visitor at one replica. */
export const sticky = { cookie: 'visitor' };
/** The fix that offers the proxies with these features. */
export const annotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";

/** Rules on certificates, of every proxy that the cluster runs. */
export const certificates = {
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

/** The rule on prefixes that are removed, of every proxy of the cluster that removes them. */
export const withoutPrefix = {
  'The proxy does not add the removed prefix to a path that the component redirects to': noted(
    route({ stripPrefix: true }),
    plainly,
  ),
} satisfies Cases['stripPrefix'];

/** Rules of every proxy that the cluster runs. */
export const everywhere = {
  hosts: {
    'Some controllers send a request that matches no route of its host to the routes for a wildcard or for any host':
      noted(
        (place) =>
          at(
            place,
            shop((api, other) => [Route.path('/a', api, { hosts: ['a.example'] }), Route.path('/', other)]),
          ),
        plainly,
      ),
  },
  trustedProxies: {
    "the configuration of the cluster's proxy says whom it trusts": refused(
      'trustedProxies',
      undefined,
      'no trustedProxies here, but in the components of the environments with proxy: nginx()',
      (place) => ({ build: behind(['10.0.0.0/8']), place }),
      plainly,
    ),
  },
  path: {
    "The cluster's own proxy handles the routes. The image, size and published port of the component are not used":
      noted(plainly, unproxied),
  },
} satisfies Cases;
