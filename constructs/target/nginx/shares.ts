import type { Forward, RouteModel, RouteTarget } from '../../model/route';
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
export function resolves({ answer }: RouteModel, proxy: NginxProxy): boolean {
  if (proxy.resolution.kind === 'dynamic') return true;
  return answer.kind === 'forward' && sharesOf(answer, proxy).some(({ replica }) => replica);
}

/**
 * How often an address of several replicas is tried, each time with one that chance picks: requests are sent to one
 * that is dead until the cluster has noticed. Where that is one of two, a thousandth of them meets it ten times.
 */
const tries = 10;

/**
 * What stands for the addresses that stay, which is tried again where a replica does not answer: nginx tries no
 * address twice. A variable that names one needs no resolver.
 */
export function upstreams({ routes, resolution }: NginxProxy): string[] {
  if (resolution.kind === 'dynamic') return [];
  const targets = routes.flatMap(({ answer }) => (answer.kind === 'forward' ? answer.targets : []));
  return [...new Set(targets.map(addressOf))].flatMap((address) => [
    `upstream ${upstream(address)} {`,
    ...Array<string>(tries).fill(`    server ${address} max_fails=0;`),
    '}',
  ]);
}

/** What a request is passed on to that is meant for all replicas of an address. */
export function passedTo(address: string, { resolution }: NginxProxy): string {
  return resolution.kind === 'stable' ? upstream(address) : address;
}

function isUpstream({ replica }: Share, { resolution }: NginxProxy): boolean {
  return resolution.kind === 'stable' && !replica;
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
