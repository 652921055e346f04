import type { Connection } from '../model/network';
import type { Template } from '../model/template';
import type { Dependency } from '../model/workload';

/** The component that a reference leads to. */
export interface Origin {
  readonly name: string;
  readonly application: { readonly name: string };
  /** What has to happen before a component that needs this one starts. */
  dependency(): readonly Dependency[];
}

/**
 * A value of another component, such as its address. Using it lets the user connect to that component and
 * start after it, and to nothing else.
 */
export class Reference {
  constructor(
    readonly component: Origin,
    readonly template: Template,
    readonly connection: Connection,
  ) {}
}
