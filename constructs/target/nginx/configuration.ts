import { headerSpace, listening, machine, nginxFolder, nginxStartFile } from '../../model/nginx';
import type { Folder } from '../../model/storage';
import {
  certificatePaths,
  healthPath,
  isWildcard,
  namedHosts,
  prefixOf,
  proxyPorts,
  routesFor,
  type Certificate,
  type RouteModel,
} from '../../model/route';
import { answerMaps, location, type Numbered } from './location';
import { pattern, type NginxProxy } from './proxy';
import { domain, resolves, splits, upstreams } from './shares';
import { httpsMaps, realAddress, toHttps, visitorMaps } from './visitor';

/** The folder with the configuration of an nginx, and with the program that starts it. */
export function nginxFiles(proxy: NginxProxy): Folder {
  return { path: nginxFolder, files: { 'default.conf': nginxConfiguration(proxy), ...nginxStartFile } };
}

/**
 * The configuration of an nginx without root that forwards the requests of all routes. It listens on port 8080, and
 * with TLS on port 8443 as well. It includes files that the program writes which starts nginx.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
export function nginxConfiguration(proxy: NginxProxy): string {
  const { routes } = proxy;
  const numbered = routes.map((route, number) => ({ route, number }));
  return [
    ...hashSpace(routes),
    ...upstreams(proxy),
    ...domain(proxy),
    ...visitorMaps(proxy),
    ...httpsMaps(proxy),
    ...numbered.flatMap((one) => answerMaps(one, proxy)),
    ...numbered.flatMap((one) => splits(one, proxy)),
    ...(routes.some(({ answer }) => answer.kind === 'forward' && answer.websocket) ? upgrades : []),
    ...sites(numbered).flatMap((site) => server(site, proxy)),
    '',
  ].join('\n');
}

// The `Connection` header: `upgrade` for a request that asks for a WebSocket, and empty to keep the connection open.
const upgrades = ['map $http_upgrade $connection_upgrade {', '    default upgrade;', '    "" "";', '}'];

// The head of a response can have up to 64 KiB, like each line of a request. Bodies pass without waiting in files: uploads
// and downloads of any size need no space, and events arrive at once. So a slow visitor keeps a connection to the
// component for as long.
const passingThrough = [
  headerSpace,
  'proxy_buffer_size 64k;',
  'proxy_buffers 4 64k;',
  'proxy_request_buffering off;',
  'proxy_buffering off;',
  'proxy_max_temp_file_size 0;',
];

const health = [`    location = ${healthPath} {`, '        access_log off;', '        return 200;', '    }'];

// The table of host names has 64 bytes for each name, unless more is asked for. A longer name stops nginx.
function hashSpace(routes: readonly RouteModel[]): string[] {
  const isLong = namedHosts(routes).some((host) => host.length > 40);
  return isLong ? ['server_names_hash_bucket_size 512;'] : [];
}

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
    ...indented(listening({ port: proxyPorts.http, tls: false })),
    ...(tls.kind === 'none' ? [] : secured(tls.certificate)),
    ...(hosts.length > 0 ? [`    server_name ${hosts.map(serverName).join(' ')};`] : []),
    '    server_tokens off;',
    // nginx adds its own port to a path that it or a component redirects to, and visitors do not know that port.
    '    absolute_redirect off;',
    ...indented(passingThrough),
    ...realAddress(proxy),
    ...(resolution === 'dynamic' || routes.some(({ route }) => resolves(route, proxy))
      ? indented([machine.resolver])
      : []),
    ...toHttps(proxy),
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
    ...indented(listening({ port: proxyPorts.https, tls: true })),
    `    ssl_certificate ${folder}/${files.certificate};`,
    `    ssl_certificate_key ${folder}/${files.key};`,
    '    ssl_protocols TLSv1.2 TLSv1.3;',
  ];
}

// In a pattern, `*` is one label: for nginx itself, it can be several.
function serverName(host: string): string {
  return isWildcard(host) ? `~^[^.]+${pattern(host.slice(1))}$` : host;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

function length({ path }: RouteModel): number {
  return prefixOf(path).length;
}
