import fc from 'fast-check';
import type { ComponentDescription } from './description';
import { programs, type Abilities } from './programs';
import { services } from './services';
import { variableName } from './values';

/** A component before it has a name. It refers to the components before it by numbers. */
export interface Draft {
  readonly component: ComponentDescription;
  readonly links: readonly {
    readonly to: number;
    readonly variable: string;
    readonly as: 'url' | 'endpoint' | 'dns';
  }[];
  readonly waits: readonly number[];
}

/** A component, and the components before it that it refers to or waits for. */
export function draft(abilities: Abilities): fc.Arbitrary<Draft> {
  return fc.record({
    component: fc.oneof({ weight: 3, arbitrary: programs(abilities) }, { weight: 2, arbitrary: services }),
    links: fc.array(
      fc.record({
        to: fc.nat(20),
        variable: variableName.map((name) => `${name}_URL`),
        as: fc.constantFrom('url', 'endpoint', 'dns'),
      }),
      { maxLength: 3 },
    ),
    waits: fc.array(fc.nat(20), { maxLength: 2 }),
  });
}
