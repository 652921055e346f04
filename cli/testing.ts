import type { Stack } from '../constructs/stack';
import type { Note } from '../constructs/target/lowering';
import { guarded, planApplication } from '../constructs/pipeline/plan';
import { summaryOf, type PlanSummary } from '../constructs/pipeline/summary';
import { readPins } from './project/lock';
import { targets, type AnyPlan } from './targets';

export type { PlanSummary } from '../constructs/pipeline/summary';

/** What an application becomes in an environment. */
export interface TestedPlan {
  /** All of it, as it is written and applied. */
  readonly plan: AnyPlan;
  /** What there is, in a few lines: the best of the three for a snapshot. */
  readonly summary: PlanSummary;
  /** What is emulated there, missing with the environment's consent, or overridden by it. */
  readonly notes: readonly Note[];
}

/**
 * The plan of an application in an environment, whole and in short. It names secrets and holds none; images are
 * pinned as images.lock.json in the working directory says; it is the same on every machine.
 * @example
 * const { plan, summary, notes } = planOf(stack, 'production');
 * expect(summary.published).toEqual(['proxy: 80 on a load balancer']);
 * expect({ summary, notes }).toMatchSnapshot();
 * @throws IssuesError with everything that is wrong
 */
export function planOf<Name extends string>(stack: Stack<Name>, environment: Name): TestedPlan {
  const application = stack.create(stack.environments[environment]);
  const planned = planApplication(application, targets, readPins(process.cwd()));
  const { plan, notes } = planned;
  // Every plan is one of its targets'.
  return { plan: plan as AnyPlan, summary: guarded(application, [], () => summaryOf(planned)), notes };
}
