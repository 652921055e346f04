import {
  certificatePaths,
  healthPath,
  namedHosts,
  prefixOf,
  proxyPorts,
  routesFor,
  type Certificate,
  type RouteModel,
} from '../../model/route';
import { answerMaps, location, type Numbered } from './location';
import type { NginxProxy } from './proxy';
import { resolves, splits, upstreams } from './shares';

/**
 * The servers of an unprivileged nginx that pass requests on: on port 8080, or with TLS on 8443.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
export function nginxConfiguration(proxy: NginxProxy): string {
  const { routes, tls } = proxy;
  const numbered = routes.map((route, number) => ({ route, number }));
  return [
    ...upstreams(proxy),
    ...numbered.flatMap((one) => answerMaps(one, proxy)),
    ...numbered.flatMap((one) => splits(one, proxy)),
    ...(routes.some(({ answer }) => answer.kind === 'forward' && answer.websocket) ? upgrades : []),
    ...(tls.kind === 'none' ? [] : plainServer(proxy)),
    ...sites(numbered).flatMap((site) => server(site, proxy)),
    '',
  ].join('\n');
}

// What a connection is kept for: an upgrade where one is asked for, the next request everywhere else.
const upgrades = ['map $http_upgrade $connection_upgrade {', '    default upgrade;', '    "" "";', '}'];

const health = [`    location = ${healthPath} {`, '        access_log off;', '        return 200;', '    }'];

/** Hosts that have the same routes; no host stands for all that no route names. */
interface Site {
  readonly hosts: readonly string[];
  readonly routes: readonly Numbered[];
}

// The first is the one that nginx takes for a host that it does not know.
function sites(numbered: readonly Numbered[]): Site[] {
  const all = numbered.map(({ route }) => route);
  const byRoutes = new Map<string, Site>();
  for (const host of namedHosts(all)) {
    const named = routesFor(host, all);
    const routes = numbered.filter(({ route }) => named.includes(route));
    const key = routes.map(({ number }) => number).join();
    byRoutes.set(key, { hosts: [...(byRoutes.get(key)?.hosts ?? []), host], routes });
  }
  const unnamed = { hosts: [], routes: numbered.filter(({ route }) => route.hosts.length === 0) };
  return [unnamed, ...byRoutes.values()];
}

function server({ hosts, routes }: Site, proxy: NginxProxy): string[] {
  const { resolution, tls } = proxy;
  const sorted = [...routes].sort((left, right) => length(right.route) - length(left.route));
  return [
    'server {',
    ...(tls.kind === 'none' ? [`    listen ${proxyPorts.http};`] : secured(tls.certificate)),
    ...(hosts.length > 0 ? [`    server_name ${hosts.join(' ')};`] : []),
    '    server_tokens off;',
    ...(resolution.kind === 'dynamic' || routes.some(({ route }) => resolves(route, proxy))
      ? [`    resolver ${resolution.resolver} valid=1s ipv6=off;`]
      : []),
    ...health,
    ...sorted.flatMap((one) => location(one, proxy)),
    ...(routes.some(({ route }) => length(route) === 0)
      ? []
      : ['    location / {', '        return 404;', '    }']),
    '}',
  ];
}

function secured(certificate: Certificate): string[] {
  const { folder, files } = certificatePaths(certificate);
  return [
    `    listen ${proxyPorts.https} ssl;`,
    `    ssl_certificate ${folder}/${files.certificate};`,
    `    ssl_certificate_key ${folder}/${files.key};`,
    '    ssl_protocols TLSv1.2 TLSv1.3;',
  ];
}

function plainServer({ httpsPort }: NginxProxy): string[] {
  return [
    'server {',
    `    listen ${proxyPorts.http};`,
    '    server_tokens off;',
    ...health,
    '    location / {',
    `        return 308 https://$host${httpsPort === 443 ? '' : `:${httpsPort}`}$request_uri;`,
    '    }',
    '}',
  ];
}

function length({ path }: RouteModel): number {
  return prefixOf(path).length;
}
