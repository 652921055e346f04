import type { Forward, RouteModel, RouteTarget } from '../../model/route';
import { machine } from '../../model/nginx';
import { clusterDomain, map, type NginxProxy } from './proxy';

/** An address, and its share of a route's requests. */
interface Share {
  readonly address: string;
  readonly weight: number;
  /** Whether it is the address of a single replica, which can change. */
  readonly replica: boolean;
}

/**
 * The addresses that share the requests of a route: one for each target or, if the route is sticky, for each replica.
 */
export function sharesOf({ targets, sticky }: Forward, { replicas }: NginxProxy): Share[] {
  return targets.flatMap((target): Share[] => {
    const names = sticky.kind === 'none' ? [] : replicas(target);
    const { weight, port } = target;
    if (names.length < 2) return [{ address: addressOf(target), weight, replica: false }];
    return names.map((name) => ({
      address: `${name}:${port}`,
      weight: weight / names.length,
      replica: true,
    }));
  });
}

/** Whether a route must keep visitors at an address: it is sticky and has more than one. */
export function isSticky(forward: Forward, proxy: NginxProxy): boolean {
  return forward.sticky.kind === 'cookie' && sharesOf(forward, proxy).length > 1;
}

/** The host name and port of a target. */
export function addressOf({ workload, port }: RouteTarget): string {
  return `${workload}:${port}`;
}

/** Whether nginx must resolve names of a route while it runs. */
export function resolves({ answer }: RouteModel, proxy: NginxProxy): boolean {
  if (proxy.resolution === 'dynamic') return true;
  return answer.kind === 'forward' && sharesOf(answer, proxy).some(({ replica }) => replica);
}

/**
 * How often nginx tries an address. Behind it, the cluster picks a random replica for each try, and may pick one that
 * has just died until it notices. If one of two replicas is dead, ten tries all fail for one request in a thousand.
 */
const tries = 10;

/**
 * An upstream for each address that does not change. It lists the address several times, because nginx tries each
 * entry only once. A variable with the name of an upstream needs no resolver.
 */
export function upstreams({ routes, resolution }: NginxProxy): string[] {
  if (resolution === 'dynamic') return [];
  const targets = routes.flatMap(({ answer }) => (answer.kind === 'forward' ? answer.targets : []));
  return [...new Set(targets.map(addressOf))].flatMap((address) => [
    `upstream ${upstream(address)} {`,
    ...Array<string>(tries).fill(`    server ${address} max_fails=0;`),
    '}',
  ]);
}

/** Where to forward a request that any replica may answer. */
export function passedTo(address: string, { resolution }: NginxProxy): string {
  return resolution === 'stable' ? upstream(address) : address;
}

function isUpstream({ replica }: Share, { resolution }: NginxProxy): boolean {
  return resolution === 'stable' && !replica;
}

function upstream(address: string): string {
  return address.replace(':', '-');
}

/** Chooses an address for each request, or each visitor. */
export function splits(
  { route: { answer }, number }: { readonly route: RouteModel; readonly number: number },
  proxy: NginxProxy,
): string[] {
  if (answer.kind === 'redirect') return [];
  const shares = sharesOf(answer, proxy);
  if (shares.length < 2) return [];
  const key = isSticky(answer, proxy) ? `$visitor_${number}` : '$request_id';
  const values = shares.map((share) => (isUpstream(share, proxy) ? upstream(share.address) : share.address));
  const parts = percentages(shares);
  if (!values.some((value) => value.includes(clusterDomain)))
    return split(key, `$route_${number}`, parts, values);
  // Only a map can have values with variables.
  const places = values.map((_, place) => String(place));
  return [
    ...split(key, `$share_${number}`, parts, places),
    ...map(
      `$share_${number} $route_${number}`,
      values.map((value, place) => `${place} ${value}`),
    ),
  ];
}

function split(key: string, variable: string, parts: readonly string[], values: readonly string[]): string[] {
  return [
    `split_clients ${key} ${variable} {`,
    ...values.map((value, place) => `    ${parts[place] ?? '*'} ${value};`),
    '}',
  ];
}

/** The domain of the cluster, if the name of a replica contains it. */
export function domain(proxy: NginxProxy): string[] {
  const isUsed = proxy.routes.some(
    ({ answer }) =>
      answer.kind === 'forward' &&
      sharesOf(answer, proxy).some(({ address }) => address.includes(clusterDomain)),
  );
  return isUsed ? [`map "" ${clusterDomain} {`, `    ${machine.clusterDomain}`, '}'] : [];
}

// The shares add up to 100 %: the last one gets the rest, because the others are rounded.
function percentages(shares: readonly Share[]): string[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map(({ weight }, place) =>
    place === shares.length - 1 ? '*' : `${((weight / total) * 100).toFixed(2)}%`,
  );
}
