import type { Stack } from '../constructs/stack';
import type { Note } from '../constructs/target/lowering';
import { guarded, planApplication } from '../constructs/pipeline/plan';
import { summaryOf, type PlanSummary } from '../constructs/pipeline/summary';
import { readPins } from './project/lock';
import { targets, type AnyPlan } from './targets';

export type { PlanSummary } from '../constructs/pipeline/summary';

/** The plan of an application in an environment, for tests. */
export interface TestedPlan {
  /** The whole plan, as it is written and applied. */
  readonly plan: AnyPlan;
  /** The plan in a few lines. Use it for snapshots: it changes only when the application does. */
  readonly summary: PlanSummary;
  /** The notes that `synth` prints: fields that are emulated, fields that the environment accepts, and overrides. */
  readonly notes: readonly Note[];
}

/**
 * Plans an application in an environment. The plan contains names of secrets, but no values. Images are pinned by
 * images.lock.json in the working directory. The same stack gives the same plan on every machine.
 * @example
 * const { plan, summary, notes } = planOf(stack, 'production');
 * expect(summary.published).toEqual(['proxy: 80 on a load balancer']);
 * expect({ summary, notes }).toMatchSnapshot();
 * @throws IssuesError with all mistakes in the stack
 */
export function planOf<Name extends string>(stack: Stack<Name>, environmentName: Name): TestedPlan {
  const application = stack.create(stack.environments[environmentName]);
  const planned = planApplication(application, targets, readPins(process.cwd()));
  const { plan, notes } = planned;
  // AnyPlan is the union of the plans of all `targets`.
  return { plan: plan as AnyPlan, summary: guarded(application, [], () => summaryOf(planned)), notes };
}
