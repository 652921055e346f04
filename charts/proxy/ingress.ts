import type { IngressProxy } from '../../constructs/model/proxy';
import { namedHosts, prefixOf, type Forward, type RouteModel, type Tls } from '../../constructs/model/route';
import { toSeconds } from '../../constructs/model/units';
import type { Workload } from '../../constructs/model/workload';
import { nginxSize } from '../../constructs/target/amounts';
import { annotated, manifest, type Context } from '../lower/context';
import type { IngressPath, IngressRule, Manifest } from '../manifest';
import { certificateSecret, grouped, issuing, numberedName } from './shared';

/** An Ingress for all routes with the same annotations. */
export function ingressObjects(workload: Workload, proxy: IngressProxy, context: Context): Manifest[] {
  const { routes, tls } = workload;
  return grouped(routes, (route) => annotations(route, proxy, tls)).map(({ key, routes: same }, index) => {
    const ingress = manifest(context, 'networking.k8s.io/v1', 'Ingress', numberedName(workload, index), {
      spec: {
        ingressClassName: proxy.className,
        ...(tls.kind === 'https' && {
          tls: [{ hosts: namedHosts(routes), secretName: certificateSecret(tls.certificate, workload) }],
        }),
        rules: rules(same, proxy),
      },
    });
    // Only the first of several Ingresses asks cert-manager for the certificate that they share.
    const asks = tls.kind === 'https' && index === 0 ? issuing(tls.certificate) : {};
    return annotated(ingress, { ...asks, ...key, ...proxy.annotations });
  });
}

function rules(routes: readonly RouteModel[], proxy: IngressProxy): IngressRule[] {
  const hosts = [...new Set(routes.flatMap((route) => (route.hosts.length > 0 ? route.hosts : [''])))];
  return hosts.map((host) => {
    const its = routes.filter((route) =>
      host === '' ? route.hosts.length === 0 : route.hosts.includes(host),
    );
    const http = { paths: its.flatMap(({ path, answer }) => ingressPath(path, answer, proxy)) };
    return host === '' ? { http } : { host, http };
  });
}

function ingressPath(path: string, answer: RouteModel['answer'], { flavour }: IngressProxy): IngressPath[] {
  if (answer.kind === 'redirect') return [];
  return answer.targets.map(({ workload, port }) => ({
    ...(flavour === 'ingress-nginx' && isStripped(path, answer)
      ? { path: `${prefixOf(path)}(/|$)(.*)`, pathType: 'ImplementationSpecific' }
      : { path: prefixOf(path) === '' ? '/' : prefixOf(path), pathType: 'Prefix' }),
    backend: { service: { name: workload, port: { number: port } } },
  }));
}

function isStripped(path: string, { stripPrefix }: Forward): boolean {
  return stripPrefix && prefixOf(path) !== '';
}

/**
 * The annotations of ingress-nginx for a route.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
function annotations({ path, answer }: RouteModel, proxy: IngressProxy, tls: Tls): Record<string, string> {
  if (proxy.flavour === 'plain' || answer.kind === 'redirect') return {};
  const { auth, sticky, bodyLimit, timeout } = answer;
  const seconds = String(toSeconds(timeout));
  return prefixed({
    'proxy-body-size': nginxSize(bodyLimit),
    'proxy-read-timeout': seconds,
    'proxy-send-timeout': seconds,
    ...(isStripped(path, answer) && { 'use-regex': 'true', 'rewrite-target': '/$2' }),
    ...(sticky.kind === 'cookie' && {
      affinity: 'cookie',
      'affinity-mode': 'persistent',
      'session-cookie-name': sticky.name,
      'session-cookie-path': path,
      'session-cookie-samesite': 'Lax',
    }),
    ...(auth.kind === 'basic' && {
      'auth-type': 'basic',
      'auth-secret': proxy.passwords,
      'auth-realm': 'restricted',
    }),
    ...(tls.kind === 'https' && { 'ssl-redirect': 'true' }),
  });
}

function prefixed(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
  );
}
