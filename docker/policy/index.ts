import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';

/** The policies on the containers of a plan, overrides included. */
export const dockerPolicies: readonly Policy<DockerPlan>[] = [];
