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
 * The configuration of an nginx without root that forwards the requests of all routes. It listens on port 8080, and
 * with TLS on port 8443 as well.
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

// The `Connection` header: `upgrade` for a request that asks for a WebSocket, and empty to keep the connection open.
const upgrades = ['map $http_upgrade $connection_upgrade {', '    default upgrade;', '    "" "";', '}'];

const health = [`    location = ${healthPath} {`, '        access_log off;', '        return 200;', '    }'];

/** Hosts with the same routes. A site without hosts is for all hosts that no route names. */
interface Site {
  readonly hosts: readonly string[];
  readonly routes: readonly Numbered[];
}

// The first site is for unknown hosts: nginx uses its first server for those.
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
