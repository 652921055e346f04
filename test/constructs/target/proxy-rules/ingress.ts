import { Duration, Route, Size } from 'catamaran';
import {
  at,
  hostless,
  hosts,
  noted,
  plainly,
  redirected,
  refused,
  route,
  secured,
  shop,
  unproxied,
  type Cases,
} from '../../../support/proxied';
import { everywhere, annotations, sticky, auth, certificates, secret } from './shared';

const rich = 'proxy: nginx() or gateway(…)';

/** Rules of an Ingress of any controller. */
export const plain = {
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
