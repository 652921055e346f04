import { passwordFile, prefixOf, type Forward, type Redirect, type RouteModel } from '../../model/route';
import { toSeconds } from '../../model/units';
import type { NginxProxy } from './proxy';
import { addressOf, isSticky, passedTo, sharesOf } from './shares';

/** A route and its place among all, which its variables are named after. */
export interface Numbered {
  readonly route: RouteModel;
  readonly number: number;
}

/** The variables that the location of a route needs: where it redirects to, or who a visitor is. */
export function answerMaps({ route, number }: Numbered, proxy: NginxProxy): string[] {
  const { path, answer } = route;
  if (answer.kind === 'redirect') return destination(path, answer, number);
  const { sticky } = answer;
  if (sticky.kind === 'none' || !isSticky(answer, proxy)) return [];
  const secure = proxy.tls.kind === 'none' ? '' : '; Secure';
  const cookie = `${sticky.name}=$request_id; Path=${path}; HttpOnly; SameSite=Lax${secure}`;
  return [
    ...map(`$cookie_${sticky.name} $visitor_${number}`, ['"" $request_id', `default $cookie_${sticky.name}`]),
    ...map(`$cookie_${sticky.name} $new_visitor_${number}`, [`"" "${cookie}"`, 'default ""']),
  ];
}

/**
 * Where a request is sent to. Of the request as it was sent: nginx decodes what it has in `$uri`, line ends
 * included. What follows has no / at its start, or a path of two would be another host's.
 */
function destination(path: string, { origin, path: to }: Redirect, number: number): string[] {
  const [prefix, start] = [pattern(prefixOf(path)), `${origin}${prefixOf(to)}`];
  const bare = `${origin}${prefixOf(to) || '/'}`;
  return map(`$request_uri $location_${number}`, [
    `"~^${prefix}/+(?<rest_${number}>[^/\\\\\\\\?].*)$" "${start}/$rest_${number}"`,
    `"~^${prefix}/*(?<query_${number}>\\?.*)?$" "${bare}$query_${number}"`,
    `default "${bare}"`,
  ]);
}

function map(variables: string, entries: readonly string[]): string[] {
  return [`map ${variables} {`, ...entries.map((entry) => `    ${entry};`), '}'];
}

/** What nginx does with the requests of a route. */
export function location(numbered: Numbered, proxy: NginxProxy): string[] {
  const { route, number } = numbered;
  const { answer } = route;
  if (answer.kind === 'redirect')
    return [
      `    location ${matching(route.path)} {`,
      '        absolute_redirect off;',
      `        return ${answer.status} $location_${number};`,
      '    }',
    ];
  const [first] = answer.targets;
  if (!first) return [];
  const sticky = isSticky(answer, proxy);
  const shared = sharesOf(answer, proxy).length > 1;
  return [
    `    location ${matching(route.path)} {`,
    ...(shared ? [] : address(`$route_${number}`, addressOf(first), proxy)),
    ...(answer.stripPrefix ? stripped(route.path) : []),
    `        proxy_pass http://${shared ? `$route_${number}` : reached(number, addressOf(first), proxy)};`,
    ...passing(answer),
    ...authentication(answer),
    ...(sticky ? staying(number) : []),
    '    }',
    ...(sticky ? otherReplica(answer, addressOf(first), number, proxy) : []),
  ];
}

// An engine takes its time to say that it does not know a name.
function staying(number: number): string[] {
  return [cookie(number), '        resolver_timeout 2s;', `        error_page 502 504 = @other_${number};`];
}

// Visitors whose replica is gone go to any other, unless it may have done what they asked for already.
function otherReplica(answer: Forward, first: string, number: number, proxy: NginxProxy): string[] {
  return [
    `    location @other_${number} {`,
    '        if ($request_method !~ ^(GET|HEAD|OPTIONS)$) {',
    '            return 502;',
    '        }',
    ...address(`$other_${number}`, first, proxy),
    `        proxy_pass http://${proxy.resolution.kind === 'stable' ? passedTo(first, proxy) : `$other_${number}`};`,
    ...passing(answer),
    cookie(number),
    '    }',
  ];
}

function cookie(number: number): string {
  return `        add_header Set-Cookie $new_visitor_${number} always;`;
}

// A variable makes nginx resolve the name while it runs, not only at its start.
function address(variable: string, value: string, { resolution }: NginxProxy): string[] {
  return resolution.kind === 'stable' ? [] : [`        set ${variable} ${value};`];
}

function reached(number: number, value: string, proxy: NginxProxy): string {
  return proxy.resolution.kind === 'stable' ? passedTo(value, proxy) : `$route_${number}`;
}

function stripped(path: string): string[] {
  return prefixOf(path) === '' ? [] : [`        rewrite ^${pattern(prefixOf(path))}/*(.*)$ /$1 break;`];
}

function passing({ websocket, timeout, bodyLimit, auth }: Forward): string[] {
  const seconds = `${toSeconds(timeout)}s`;
  return [
    '        proxy_http_version 1.1;',
    ...(websocket ? ['        proxy_set_header Upgrade $http_upgrade;'] : []),
    `        proxy_set_header Connection ${websocket ? '$connection_upgrade' : '""'};`,
    '        proxy_set_header Host $http_host;',
    '        proxy_set_header X-Real-IP $remote_addr;',
    '        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '        proxy_set_header X-Forwarded-Proto $scheme;',
    ...(auth.kind === 'none' ? [] : ['        proxy_set_header Authorization "";']),
    '        proxy_next_upstream error timeout;',
    '        proxy_connect_timeout 2s;',
    '        proxy_next_upstream_timeout 10s;',
    `        proxy_read_timeout ${seconds};`,
    `        proxy_send_timeout ${seconds};`,
    `        client_max_body_size ${Math.ceil(bodyLimit.bytes / 1024)}k;`,
  ];
}

function authentication({ auth }: Forward): string[] {
  if (auth.kind === 'none') return [];
  return ['        auth_basic "restricted";', `        auth_basic_user_file ${passwordFile(auth)};`];
}

// Whole segments of a path, as the other proxies have it; nginx takes the first pattern that fits.
function matching(path: string): string {
  const prefix = prefixOf(path);
  return prefix === '' ? '/' : `~ ^${pattern(prefix)}(?:/|$)`;
}

function pattern(path: string): string {
  return path.replaceAll('.', '\\.');
}
