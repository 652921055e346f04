import { healthPath, type Route, type RouteTarget } from '../model/network';
import { toSeconds } from '../model/units';

/** How nginx finds the addresses of a name. */
export type Resolution =
  /** Once: the name stands for one address that stays and shares requests out by itself. */
  | { readonly kind: 'stable' }
  /** Again and again, by asking a server: the name stands for the addresses of the replicas. */
  | { readonly kind: 'dynamic'; readonly resolver: string };

/**
 * The server of an unprivileged nginx on port 8080 that passes requests on.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
export function nginxConfiguration(routes: readonly Route[], resolution: Resolution): string {
  return [
    ...(resolution.kind === 'stable' ? upstreams(routes) : []),
    ...routes.flatMap((route, index) => split(route, index, resolution)),
    'server {',
    '    listen 8080;',
    '    server_tokens off;',
    ...(resolution.kind === 'dynamic' ? [`    resolver ${resolution.resolver} valid=1s ipv6=off;`] : []),
    `    location = ${healthPath} {`,
    '        access_log off;',
    '        return 200;',
    '    }',
    ...routes.flatMap((route, index) => location(route, index, resolution)),
    '}',
    '',
  ].join('\n');
}

// A variable that names an upstream needs no resolver.
function upstreams(routes: readonly Route[]): string[] {
  const shared = routes.filter(({ targets }) => targets.length > 1).flatMap(({ targets }) => targets);
  return [...new Set(shared.map((target) => `upstream ${upstream(target)} { server ${address(target)}; }`))];
}

function upstream({ workload, port }: RouteTarget): string {
  return `${workload}-${port}`;
}

// Shares that add up to 100 %, the last taking what rounding leaves.
function split({ targets }: Route, index: number, resolution: Resolution): string[] {
  if (targets.length < 2) return [];
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  const lines = targets.map((target, place) => {
    const share = place === targets.length - 1 ? '*' : `${((target.weight / total) * 100).toFixed(2)}%`;
    return `    ${share} ${resolution.kind === 'stable' ? upstream(target) : address(target)};`;
  });
  return [`split_clients $request_id $route_${index} {`, ...lines, '}'];
}

function location(route: Route, index: number, resolution: Resolution): string[] {
  const [target] = route.targets;
  if (!target) return [];
  const single = route.targets.length === 1;
  // A variable makes nginx resolve the name while it runs, not only at its start.
  const variable = !single || resolution.kind === 'dynamic';
  const seconds = `${toSeconds(route.timeout)}s`;
  return [
    `    location ${route.path} {`,
    ...(single && variable ? [`        set $route_${index} ${address(target)};`] : []),
    `        proxy_pass http://${variable ? `$route_${index}` : address(target)};`,
    '        proxy_http_version 1.1;',
    '        proxy_set_header Connection "";',
    '        proxy_set_header Host $http_host;',
    '        proxy_set_header X-Real-IP $remote_addr;',
    '        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '        proxy_set_header X-Forwarded-Proto $scheme;',
    '        proxy_next_upstream error timeout;',
    '        proxy_connect_timeout 2s;',
    `        proxy_read_timeout ${seconds};`,
    `        proxy_send_timeout ${seconds};`,
    `        client_max_body_size ${Math.ceil(route.bodyLimit.bytes / 1024)}k;`,
    '    }',
  ];
}

function address({ workload, port }: RouteTarget): string {
  return `${workload}:${port}`;
}
