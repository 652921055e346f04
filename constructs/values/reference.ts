import type { Connection } from '../model/network';
import type { Template } from '../model/template';
import type { Dependency } from '../model/workload';

/** A component that a reference can point to. */
export interface Origin {
  readonly name: string;
  readonly application: { readonly name: string };
  /** The workloads that must be ready or completed before a component that uses the reference starts. */
  dependency(): readonly Dependency[];
}

/**
 * A value that another component provides, such as its URL. A component that uses the reference may connect to the
 * other component, and starts after it. Only references and the routes of a ReverseProxy allow connections.
 */
export class Reference {
  constructor(
    readonly component: Origin,
    /** The value itself, such as a URL with a password. */
    readonly template: Template,
    /** The connection that the value is for. */
    readonly connection: Connection,
  ) {}
}
