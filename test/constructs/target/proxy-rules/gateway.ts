import { Duration, Route, Size } from 'catamaran';
import {
  at,
  noted,
  plainly,
  redirected,
  refused,
  route,
  shop,
  unproxied,
  type Cases,
} from '../../../support/proxied';
import { everywhere, annotations, sticky, auth, withoutPrefix } from './shared';
import { plain } from './ingress';

/** Rules of every Gateway. */
export const gateways = {
  ...everywhere,
  hosts: {
    ...everywhere.hosts,
    'In a Gateway, the * of a host is one or more labels, and not exactly one': noted(
      (place) =>
        at(
          place,
          shop((api) => [Route.path('/', api, { hosts: ['*.example'] })]),
        ),
      plainly,
    ),
  },
  stripPrefix: withoutPrefix,
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
