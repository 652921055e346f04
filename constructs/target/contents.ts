import type { PlannedImage } from '../model/image';
import type { OwnedObject } from './clashes';

/** Lists the contents of a plan, for reports, pins and the search for name clashes. */
export interface Contents<Plan> {
  /** The objects that belong to workloads, with their names on the target. */
  owned(plan: Plan): readonly OwnedObject[];
  /** All objects, such as `container api` or `Deployment api`, without the hash that some names end with. */
  objects(plan: Plan): readonly string[];
  /** All images, each with the workload that runs it. */
  images(plan: Plan): readonly PlannedImage[];
  /** The published ports, such as `proxy: 80 on the host`. */
  published(plan: Plan): readonly string[];
  /** What the environment adds as it is, beside what the components make. */
  passedThrough(plan: Plan): PassedThrough;
  /** The size of the plan, such as `12 objects`. */
  size(plan: Plan): PlanSize;
}

/** What the environment adds as it is. */
export interface PassedThrough {
  /** Such as `ConfigMap rules`. */
  readonly titles: readonly string[];
  /** What users should know about it. */
  readonly note: string;
}

/** A number and its unit. */
export interface PlanSize {
  readonly count: number;
  /** In the plural: `objects`. */
  readonly unit: string;
}
