import type { Forward, Route, RouteTarget } from '../../model/route';
import type { NginxProxy } from './proxy';

/** An address and how many of a route's requests it takes. */
interface Share {
  readonly address: string;
  readonly weight: number;
}

/** The addresses that share the requests of a route: of its targets, or of their replicas where visitors stay. */
export function sharesOf({ targets, sticky }: Forward, { replicas }: NginxProxy): Share[] {
  return targets.flatMap((target) => {
    const names = sticky.kind === 'none' ? [] : replicas(target);
    const { weight, port } = target;
    if (names.length < 2) return [{ address: addressOf(target), weight }];
    return names.map((name) => ({ address: `${name}:${port}`, weight: weight / names.length }));
  });
}

/** Whether visitors of a route stay where they are: there is more than one place. */
export function isSticky(forward: Forward, proxy: NginxProxy): boolean {
  return forward.sticky.kind === 'cookie' && sharesOf(forward, proxy).length > 1;
}

/** The name of a target, for nginx to resolve. */
export function addressOf({ workload, port }: RouteTarget): string {
  return `${workload}:${port}`;
}

// A variable that names an upstream needs no resolver.
export function upstreams(proxy: NginxProxy): string[] {
  if (proxy.resolution.kind === 'dynamic') return [];
  const shares = proxy.routes.flatMap(({ answer }) =>
    answer.kind === 'forward' ? [sharesOf(answer, proxy)] : [],
  );
  const shared = shares.filter(({ length }) => length > 1).flat();
  return [...new Set(shared.map(({ address }) => `upstream ${upstream(address)} { server ${address}; }`))];
}

function upstream(address: string): string {
  return address.replace(':', '-');
}

/** Chooses an address for each request, or each visitor. */
export function splits(
  { route: { answer }, number }: { readonly route: Route; readonly number: number },
  proxy: NginxProxy,
): string[] {
  if (answer.kind === 'redirect') return [];
  const shares = sharesOf(answer, proxy);
  if (shares.length < 2) return [];
  const key = isSticky(answer, proxy) ? `$visitor_${number}` : '$request_id';
  return [`split_clients ${key} $route_${number} {`, ...percentages(shares, proxy), '}'];
}

// Shares that add up to 100 %, the last taking what rounding leaves.
function percentages(shares: readonly Share[], { resolution }: NginxProxy): string[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map(({ address, weight }, place) => {
    const share = place === shares.length - 1 ? '*' : `${((weight / total) * 100).toFixed(2)}%`;
    return `    ${share} ${resolution.kind === 'stable' ? upstream(address) : address};`;
  });
}
