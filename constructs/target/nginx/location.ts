import { passwordFile, prefixOf, type Forward, type Redirect, type RouteModel } from '../../model/route';
import { nginxSize, wholeTime } from '../amounts';
import { moving, movedMap } from './moved';
import { map, pattern, type NginxProxy } from './proxy';
import { addressOf, isSticky, passedTo, sharesOf } from './shares';
import { visitorOf } from './visitor';

/** A route, and its position in the list of routes. The number is part of the names of its variables. */
export interface Numbered {
  readonly route: RouteModel;
  readonly number: number;
}

/** The variables that a route needs: where redirects lead, and the cookie that identifies a visitor. */
export function answerMaps({ route, number }: Numbered, proxy: NginxProxy): string[] {
  const { path, answer } = route;
  if (answer.kind === 'redirect') return destination(path, answer, number);
  const moved = movedMap(path, answer, number);
  const { sticky } = answer;
  if (sticky.kind === 'none' || !isSticky(answer, proxy)) return moved;
  const secure = proxy.tls.kind === 'none' ? '' : '; Secure';
  const cookie = `${sticky.name}=$request_id; Path=${path}; HttpOnly; SameSite=Lax${secure}`;
  return [
    ...moved,
    ...map(`$cookie_${sticky.name} $visitor_${number}`, ['"" $request_id', `default $cookie_${sticky.name}`]),
    ...map(`$cookie_${sticky.name} $new_visitor_${number}`, [`"" "${cookie}"`, 'default ""']),
  ];
}

/**
 * The target of a redirect. It is made from `$request_uri`, because `$uri` is decoded and can contain line ends. The
 * rest of the path must not start with a slash: a target that starts with two slashes would name another host.
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

/** The location blocks of a route. */
export function location(numbered: Numbered, proxy: NginxProxy): string[] {
  const { route, number } = numbered;
  const { answer } = route;
  if (answer.kind === 'redirect')
    return [
      `    location ${matching(route.path)} {`,
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
    ...passing(answer, number, proxy),
    ...authentication(answer),
    ...(sticky ? staying(number) : []),
    '    }',
    ...(sticky ? otherReplica(answer, addressOf(first), number, proxy) : []),
  ];
}

// The DNS server of Docker can take long to answer for a name that does not exist.
function staying(number: number): string[] {
  return [cookie(number), '        resolver_timeout 2s;', `        error_page 502 504 = @other_${number};`];
}

// A visitor whose replica is gone gets another one. Requests that change data are not repeated: the replica may have
// processed them before it failed.
function otherReplica(answer: Forward, first: string, number: number, proxy: NginxProxy): string[] {
  return [
    `    location @other_${number} {`,
    '        if ($request_method !~ ^(GET|HEAD|OPTIONS)$) {',
    '            return 502;',
    '        }',
    ...address(`$other_${number}`, first, proxy),
    `        proxy_pass http://${proxy.resolution === 'stable' ? passedTo(first, proxy) : `$other_${number}`};`,
    ...passing(answer, number, proxy),
    cookie(number),
    '    }',
  ];
}

function cookie(number: number): string {
  return `        add_header Set-Cookie $new_visitor_${number} always;`;
}

// With a variable, nginx resolves the name for each request and not only when it starts.
function address(variable: string, value: string, { resolution }: NginxProxy): string[] {
  return resolution === 'stable' ? [] : [`        set ${variable} ${value};`];
}

function reached(number: number, value: string, proxy: NginxProxy): string {
  return proxy.resolution === 'stable' ? passedTo(value, proxy) : `$route_${number}`;
}

function stripped(path: string): string[] {
  return prefixOf(path) === '' ? [] : [`        rewrite ^${pattern(prefixOf(path))}/*(.*)$ /$1 break;`];
}

function passing(
  { websocket, timeout, bodyLimit, auth }: Forward,
  number: number,
  proxy: NginxProxy,
): string[] {
  const visitor = visitorOf(proxy);
  const time = wholeTime(timeout);
  return [
    '        proxy_http_version 1.1;',
    ...(websocket ? ['        proxy_set_header Upgrade $http_upgrade;'] : []),
    `        proxy_set_header Connection ${websocket ? '$connection_upgrade' : '""'};`,
    '        proxy_set_header Host $http_host;',
    '        proxy_set_header X-Real-IP $remote_addr;',
    `        proxy_set_header X-Forwarded-For ${visitor.addresses};`,
    `        proxy_set_header X-Forwarded-Proto ${visitor.scheme};`,
    `        proxy_set_header X-Forwarded-Host ${visitor.host};`,
    `        proxy_set_header X-Forwarded-Port ${visitor.port};`,
    '        proxy_set_header Forwarded "";',
    ...(auth.kind === 'none' ? [] : ['        proxy_set_header Authorization "";']),
    moving(number),
    '        proxy_next_upstream error timeout;',
    '        proxy_connect_timeout 2s;',
    '        proxy_next_upstream_timeout 10s;',
    `        proxy_read_timeout ${time};`,
    `        proxy_send_timeout ${time};`,
    `        client_max_body_size ${nginxSize(bodyLimit)};`,
  ];
}

function authentication({ auth }: Forward): string[] {
  if (auth.kind === 'none') return [];
  return ['        auth_basic "restricted";', `        auth_basic_user_file ${passwordFile(auth)};`];
}

// Matches whole segments of a path, like the other proxies do. nginx uses the first pattern that matches.
function matching(path: string): string {
  const prefix = prefixOf(path);
  return prefix === '' ? '/' : `~ ^${pattern(prefix)}(?:/|$)`;
}
