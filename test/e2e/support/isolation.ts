import type { Reach } from './reach';
import type { Subject } from './subjects';

/** The connections that a component tries, and what must become of them. */
export interface Expectation {
  readonly targets: readonly string[];
  readonly reach: Reach;
}

/**
 * What the references of an application say about one component: it reaches what it has a reference to, and
 * nothing else, neither by name nor by address. Its own port shows that the try itself works.
 * @param addressesOf the addresses of a component, besides its name
 * @param reverse whether the called end of a reference must not reach the caller
 */
export function expectation(
  { edges, ports }: Subject,
  from: string,
  addressesOf: (component: string) => readonly string[],
  reverse: 'closed' | 'not asked',
): Expectation {
  const has = (caller: string, called: string) =>
    edges.some(([left, right]) => left === caller && right === called);
  const reach: Reach = {};
  for (const [component, port] of Object.entries(ports)) {
    if (component === from) reach[`127.0.0.1:${port}`] = 'open';
    else if (has(from, component)) reach[`${component}:${port}`] = 'open';
    else if (reverse === 'closed' || !has(component, from))
      for (const host of [component, ...addressesOf(component)]) reach[`${host}:${port}`] = 'closed';
  }
  return { targets: Object.keys(reach), reach };
}
