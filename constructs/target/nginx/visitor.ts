import { challengePath, healthPath } from '../../model/route';
import { map, pattern, type NginxProxy } from './proxy';

/**
 * What nginx knows of a visitor. A proxy in front of it says it in headers; from any other address, the headers may be
 * invented, so nginx uses what it sees itself.
 */
export interface Visitor {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  /** The addresses of the visitor and of the proxies on the way. */
  readonly addresses: string;
}

/** The variables with what is known of a visitor. */
export function visitorOf({ trustedProxies }: NginxProxy): Visitor {
  return trustedProxies.length === 0
    ? { scheme: '$scheme', host: '$http_host', port: '""', addresses: '$remote_addr' }
    : {
        scheme: '$visitor_scheme',
        host: '$visitor_host',
        port: '$visitor_port',
        addresses: '$visitor_addresses',
      };
}

/**
 * The maps that give {@link visitorOf} its values. Of several schemes in one header, the first is the visitor's: each proxy
 * on the way adds its own at the end. Some proxies name the scheme of a WebSocket.
 */
export function visitorMaps({ trustedProxies }: NginxProxy): string[] {
  if (trustedProxies.length === 0) return [];
  return [
    'geo $realip_remote_addr $trusted {',
    '    default 0;',
    ...trustedProxies.map((block) => `    ${block} 1;`),
    '}',
    ...map('"$trusted $http_x_forwarded_proto" $visitor_scheme', [
      '"~*^1 (?:https|wss)(?:[ ,]|$)" https',
      '"~*^1 (?:http|ws)(?:[ ,]|$)" http',
      'default $scheme',
    ]),
    ...map('"$trusted $http_x_forwarded_host" $visitor_host', [
      '"~^1 (?<first_host>[^ ,]+)" $first_host',
      'default $http_host',
    ]),
    ...map('$trusted $visitor_port', ['1 $http_x_forwarded_port', 'default ""']),
    ...map('"$trusted $http_x_forwarded_for" $visitor_addresses', [
      '"~^1 ." "$http_x_forwarded_for, $realip_remote_addr"',
      'default $realip_remote_addr',
    ]),
  ];
}

/** Replaces the address of a trusted proxy by the address of the visitor. */
export function realAddress({ trustedProxies }: NginxProxy): string[] {
  if (trustedProxies.length === 0) return [];
  return [
    ...trustedProxies.map((block) => `    set_real_ip_from ${block};`),
    '    real_ip_header X-Forwarded-For;',
    '    real_ip_recursive on;',
  ];
}

/** The maps for {@link toHttps}. A challenge of ACME and the health check are answered without TLS. */
export function httpsMaps(proxy: NginxProxy): string[] {
  const { tls, httpsPort, trustedProxies } = proxy;
  if (tls.kind === 'none') return [];
  const here = `$host${httpsPort === 443 ? '' : `:${httpsPort}`}`;
  return [
    ...map(`"${visitorOf(proxy).scheme} $uri" $to_https`, [
      `"http ${healthPath}" 0`,
      `"~^http ${pattern(challengePath)}/" 0`,
      '"~^http " 1',
      'default 0',
    ]),
    // A trusted proxy has a port of its own, which is the port of https.
    ...(trustedProxies.length === 0
      ? map('$host $https_host', [`default ${here}`])
      : map('"$trusted $http_x_forwarded_host" $https_host', [
          '"~*^1 (?<https_name>[a-z0-9.-]+)" $https_name',
          '"~^1 " $host',
          `default ${here}`,
        ])),
  ];
}

/** Redirects visitors without TLS to HTTPS. */
export function toHttps({ tls }: NginxProxy): string[] {
  if (tls.kind === 'none') return [];
  return ['    if ($to_https) {', '        return 308 https://$https_host$request_uri;', '    }'];
}
