import type { Violation } from '../../constructs/policy/policy';
import type { Container } from '../container';
import type { DockerPlan } from '../plan';

/** A violation by one container. */
export type ContainerViolation = Omit<Violation, 'workload'>;

/** Checks every container of a plan. */
export function eachContainer(
  check: (container: Container, plan: DockerPlan) => readonly ContainerViolation[],
): (plan: DockerPlan) => Violation[] {
  return (plan) =>
    plan.containers.flatMap((container) =>
      check(container, plan).map((violation) => ({ workload: container.name, ...violation })),
    );
}
