import { kubernetesTarget } from '../charts/target';
import type { Target } from '../constructs/target/target';
import { dockerTarget } from '../docker/target';

/** All targets. A new target is a line here; `Target` says what else it needs. */
export const targets = [kubernetesTarget, dockerTarget] as const satisfies readonly Target[];

type PlanIn<One> = One extends Target<infer _Spec, infer Plan> ? Plan : never;

/** A plan of any target. */
export type AnyPlan = PlanIn<(typeof targets)[number]>;
