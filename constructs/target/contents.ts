import type { PlannedImage } from '../model/image';
import type { OwnedObject } from './clashes';

/** What is in a plan, in the target's words: reports, pins and the search for name clashes are made from it. */
export interface Contents<Plan> {
  /** The objects of each workload, by the names that they have on the target. */
  owned(plan: Plan): readonly OwnedObject[];
  /** Everything that is made, as `container api` or `Deployment api`, without the hash that some names end with. */
  objects(plan: Plan): readonly string[];
  /** Every image that runs. */
  images(plan: Plan): readonly PlannedImage[];
  /** Where visitors come in, as `proxy: 80 on the host`. */
  published(plan: Plan): readonly string[];
  /** How large the plan is, as `12 objects`. */
  size(plan: Plan): PlanSize;
}

/** A number and what it counts. */
export interface PlanSize {
  readonly count: number;
  /** In the plural: `objects`. */
  readonly unit: string;
}
