/** Why a workload may break a policy. */
export interface Exception {
  /** The name of the policy. */
  readonly policy: string;
  /** For those who read the report: why the policy is wrong for this workload. */
  readonly reason: string;
}
