import type { Violation } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';

/** Something that the API server or `kubectl apply` refuses, whatever made it: a component or an override. */
export interface ClusterLimit {
  /** Where it is documented. */
  readonly source: string;
  /** Finds what will be refused. */
  readonly check: (plan: KubernetesPlan) => readonly Violation[];
}
