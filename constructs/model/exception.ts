/** A policy that a workload, or every workload of an environment, may break. */
export interface Exception {
  /** The name of the policy. */
  readonly policy: string;
  /** Why it may be broken; the report shows it. */
  readonly reason: string;
}

/** Exceptions in the model. @param reasons reasons by policy name */
export function toExceptions(reasons: Readonly<Record<string, string>>): Exception[] {
  return Object.entries(reasons).map(([policy, reason]) => ({ policy, reason }));
}
