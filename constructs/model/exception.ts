/** Why a workload, or every workload of an environment, may break a policy. */
export interface Exception {
  /** The name of the policy. */
  readonly policy: string;
  /** For those who read the report: why the policy is wrong there. */
  readonly reason: string;
}

/** Exceptions by the names of their policies. */
export function toExceptions(reasons: Readonly<Record<string, string>>): Exception[] {
  return Object.entries(reasons).map(([policy, reason]) => ({ policy, reason }));
}
