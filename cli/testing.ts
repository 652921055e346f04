import type { KubernetesPlan } from '../charts/plan';
import type { Stack } from '../constructs/stack';
import type { Note } from '../constructs/target/lowering';
import type { DockerPlan } from '../docker/plan';
import { readPins } from './lock';
import { planApplication } from './plan';

/** What an application becomes in an environment, and what of it is emulated there. */
export interface TestedPlan {
  readonly plan: DockerPlan | KubernetesPlan;
  readonly notes: readonly Note[];
}

/**
 * The plan of an application in an environment, for `expect(planOf(stack, 'dev')).toMatchSnapshot()`. It
 * names secrets and holds none; images are pinned as images.lock.json in the working directory says; it is the same on every machine.
 * @throws IssuesError with everything that is wrong
 */
export function planOf<Name extends string>(stack: Stack<Name>, environment: Name): TestedPlan {
  const { plan, notes } = planApplication(
    stack.create(stack.environments[environment]),
    readPins(process.cwd()),
  );
  return { plan, notes };
}
