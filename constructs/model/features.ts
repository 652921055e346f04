import type { Publication } from './publication';
import { publications } from './publication';
import type { Workload } from './workload';

/**
 * What a target says of a workload, feature by feature: of each of its fields, and of how its ports are published, which
 * is a part of the ports. An environment can accept a refused feature by its name.
 */
export interface Features extends Workload {
  readonly exposure: readonly Publication[];
}

/** The name of a feature. */
export type Feature = keyof Features;

/** The features of a workload. */
export function featuresOf(workload: Workload): Features {
  return { ...workload, exposure: publications(workload) };
}
