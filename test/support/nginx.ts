import { Duration, Size } from 'catamaran';
import type { Forward, RouteModel } from '../../constructs/model/route';
import { nginxConfiguration } from '../../constructs/target/nginx/configuration';
import type { NginxProxy, Resolution } from '../../constructs/target/nginx/proxy';

/** Addresses that stay, as of the Services of a cluster. */
export const stable: Resolution = 'stable';
/** Addresses that change, as of containers on Docker. */
export const dynamic: Resolution = 'dynamic';

/** A route to components by their weights. */
export function route(
  path: string,
  targets: Readonly<Record<string, number>>,
  options: Partial<Forward & Pick<RouteModel, 'hosts'>> = {},
): RouteModel {
  const { hosts = [], ...forward } = options;
  const answer: Forward = {
    kind: 'forward',
    targets: Object.entries(targets).map(([workload, weight]) => ({ workload, port: 8000, weight })),
    stripPrefix: false,
    websocket: false,
    bodyLimit: Size.mebibytes(1),
    timeout: Duration.minutes(1),
    sticky: { kind: 'none' },
    auth: { kind: 'none' },
    ...forward,
  };
  return { hosts, path, answer };
}

export function redirect(
  path: string,
  origin: string,
  to: string,
  hosts: readonly string[] = [],
): RouteModel {
  return { hosts, path, answer: { kind: 'redirect', origin, path: to, status: 301 } };
}

/** The configuration of nginx for some routes. */
export function configurationOf(
  routes: readonly RouteModel[],
  resolution: Resolution,
  options: Partial<NginxProxy> = {},
): string {
  return nginxConfiguration({
    routes,
    tls: { kind: 'none' },
    trustedProxies: [],
    httpsPort: 443,
    resolution,
    replicas: () => [],
    ...options,
  });
}

/** The directives of one block of a configuration, without its braces. */
export function block(configuration: string, opening: string): string[] {
  const lines = configuration.split('\n').map((line) => line.trim());
  const start = lines.indexOf(`${opening} {`);
  return start < 0 ? [] : lines.slice(start + 1, lines.indexOf('}', start));
}

/** The lines of an upstream that lists a component several times. */
export function upstreamOf(name: string, tries: number): string[] {
  return [
    `upstream ${name}-8000 {`,
    ...Array<string>(tries).fill(`    server ${name}:8000 max_fails=0;`),
    '}',
  ];
}
