import * as kubernetes from '../charts/contents';
import type { KubernetesPlan } from '../charts/plan';
import { publishedIn } from '../charts/published';
import type { PlannedImage } from '../constructs/model/image';
import type { Owned } from '../constructs/target/clashes';
import * as docker from '../docker/contents';
import type { DockerPlan } from '../docker/plan';

/** What an application becomes on its environment's target. */
export type Plan = DockerPlan | KubernetesPlan;

/** The objects of each workload, by the names that they have there. */
export function ownedOf(plan: Plan): Owned[] {
  return plan.target === 'docker' ? docker.ownedIn(plan) : kubernetes.ownedIn(plan);
}

/** Everything that is made, as `container api` or `Deployment api`. */
export function objectsOf(plan: Plan): string[] {
  return plan.target === 'docker' ? docker.objectsIn(plan) : kubernetes.objectsIn(plan);
}

/** Every image that is run. */
export function imagesOf(plan: Plan): PlannedImage[] {
  return plan.target === 'docker' ? docker.imagesIn(plan) : kubernetes.imagesIn(plan);
}

/** Where visitors come in, as `proxy: 80 on the host`. */
export function publishedOf(plan: Plan): string[] {
  return plan.target === 'docker' ? docker.publishedIn(plan) : publishedIn(plan);
}

/** How many API objects, or networks and containers, a plan has. */
export function sizeOf(plan: Plan): number {
  return plan.target === 'docker'
    ? plan.networks.length + plan.containers.reduce((sum, { replicas }) => sum + replicas, 0)
    : plan.groups.reduce((sum, { objects }) => sum + objects.length, 0);
}
