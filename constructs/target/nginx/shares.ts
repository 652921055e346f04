import type { Forward, Route, RouteTarget } from '../../model/route';
import type { NginxProxy } from './proxy';

/** An address and how many of a route's requests it takes. */
interface Share {
  readonly address: string;
  readonly weight: number;
  /** Whether it is that of one replica, which changes. */
  readonly replica: boolean;
}

/** The addresses that share the requests of a route: of its targets, or of their replicas where visitors stay. */
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

/** Whether visitors of a route stay where they are: there is more than one place. */
export function isSticky(forward: Forward, proxy: NginxProxy): boolean {
  return forward.sticky.kind === 'cookie' && sharesOf(forward, proxy).length > 1;
}

/** The name of a target, for nginx to resolve. */
export function addressOf({ workload, port }: RouteTarget): string {
  return `${workload}:${port}`;
}

/** Whether nginx has to ask for names of a route while it runs. */
export function resolves({ answer }: Route, proxy: NginxProxy): boolean {
  if (proxy.resolution.kind === 'dynamic') return true;
  return answer.kind === 'forward' && sharesOf(answer, proxy).some(({ replica }) => replica);
}

// A variable that names an upstream needs no resolver.
export function upstreams(proxy: NginxProxy): string[] {
  const shares = proxy.routes.flatMap(({ answer }) =>
    answer.kind === 'forward' ? [sharesOf(answer, proxy)] : [],
  );
  const shared = shares.filter(({ length }) => length > 1).flat();
  const stable = shared.filter((share) => isUpstream(share, proxy));
  return [...new Set(stable.map(({ address }) => `upstream ${upstream(address)} { server ${address}; }`))];
}

function isUpstream({ replica }: Share, { resolution }: NginxProxy): boolean {
  return resolution.kind === 'stable' && !replica;
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
function percentages(shares: readonly Share[], proxy: NginxProxy): string[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map((share, place) => {
    const { address, weight } = share;
    const part = place === shares.length - 1 ? '*' : `${((weight / total) * 100).toFixed(2)}%`;
    return `    ${part} ${isUpstream(share, proxy) ? upstream(address) : address};`;
  });
}
