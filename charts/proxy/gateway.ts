import type { GatewayProxy } from '../../constructs/model/proxy';
import {
  defaultTimeout,
  namedHosts,
  prefixOf,
  type Redirect,
  type RouteModel,
  type Tls,
} from '../../constructs/model/route';
import { wholeTime } from '../../constructs/target/amounts';
import type { Workload } from '../../constructs/model/workload';
import { annotated, manifest, type Context } from '../lower/context';
import type { HttpFilter, HttpRule, Listener, ParentRef } from '../gateway-api';
import type { Manifest } from '../manifest';
import { certificateSecret, grouped, issuing, numberedName } from './shared';

/** An HTTPRoute for each set of hosts. Unless the environment names an existing Gateway, there is also a Gateway. */
export function gatewayObjects(workload: Workload, proxy: GatewayProxy, context: Context): Manifest[] {
  const { routes, name, tls } = workload;
  const route = (as: string, parentRefs: readonly ParentRef[], hosts: readonly string[], rules: HttpRule[]) =>
    manifest(context, 'gateway.networking.k8s.io/v1', 'HTTPRoute', as, {
      spec: { parentRefs, ...(hosts.length > 0 && { hostnames: hosts }), rules },
    });
  const carried = grouped(routes, ({ hosts }) => hosts).map(({ key, routes: same }, index) =>
    route(numberedName(workload, index), parentRefs(workload, key, proxy), key, same.map(rule)),
  );
  if (proxy.gateway.kind === 'existing') return carried;
  const gateway = manifest(context, 'gateway.networking.k8s.io/v1', 'Gateway', name, {
    spec: { gatewayClassName: proxy.gateway.className, listeners: listeners(workload) },
  });
  if (tls.kind === 'none') return [gateway, ...carried];
  const plain = route(`${name}-to-https`, [{ name, sectionName: 'http' }], [], [toHttps]);
  return [annotated(gateway, issuing(tls.certificate)), plain, ...carried];
}

const toHttps: HttpRule = {
  matches: [{ path: { type: 'PathPrefix', value: '/' } }],
  filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
};

// The listeners that serve the hosts of a route.
function parentRefs(workload: Workload, hosts: readonly string[], { gateway }: GatewayProxy): ParentRef[] {
  const { name, tls } = workload;
  if (gateway.kind === 'existing') return [{ name: gateway.name, namespace: gateway.namespace }];
  if (tls.kind === 'none') return [{ name, sectionName: 'http' }];
  return secured(workload, tls)
    .filter(({ hostname }) => (hostname === undefined ? hosts.length === 0 : hosts.includes(hostname)))
    .map((listener) => ({ name, sectionName: listener.name }));
}

function listeners(workload: Workload): Listener[] {
  const { tls } = workload;
  const http: Listener = { name: 'http', port: 80, protocol: 'HTTP' };
  return tls.kind === 'none' ? [http] : [http, ...secured(workload, tls)];
}

// Each host has a listener, because cert-manager makes the certificate for the host names of the listeners.
function secured(workload: Workload, { certificate }: Tls & { readonly kind: 'https' }): Listener[] {
  const secret = { name: certificateSecret(certificate, workload) };
  const listener = {
    port: 443,
    protocol: 'HTTPS',
    tls: { mode: 'Terminate', certificateRefs: [secret] },
  } as const;
  const { routes } = workload;
  const any = routes.some(({ hosts }) => hosts.length === 0) ? [{ name: 'https', ...listener }] : [];
  return [
    ...any,
    ...namedHosts(routes).map((hostname, index) => ({ name: `https-${index + 1}`, hostname, ...listener })),
  ];
}

function rule({ path, answer }: RouteModel): HttpRule {
  const value = prefixOf(path) === '' ? '/' : prefixOf(path);
  const matches = [{ path: { type: 'PathPrefix', value } }] as const;
  if (answer.kind === 'redirect') return { matches, filters: [redirecting(answer)] };
  const { stripPrefix, targets, timeout } = answer;
  return {
    matches,
    ...(stripPrefix && value !== '/' && { filters: [stripping] }),
    backendRefs: targets.map(({ workload, port, weight }) => ({ name: workload, port, weight })),
    ...(timeout.milliseconds !== defaultTimeout.milliseconds && {
      timeouts: { request: wholeTime(timeout) },
    }),
  };
}

const stripping: HttpFilter = {
  type: 'URLRewrite',
  urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
};

function redirecting({ origin, path, status }: Redirect): HttpFilter {
  const url = origin === '' ? undefined : new URL(origin);
  return {
    type: 'RequestRedirect',
    requestRedirect: {
      ...(url && { scheme: url.protocol === 'https:' ? 'https' : 'http', hostname: url.hostname }),
      ...(url && url.port !== '' && { port: Number(url.port) }),
      path: { type: 'ReplacePrefixMatch', replacePrefixMatch: path },
      statusCode: status,
    },
  };
}
