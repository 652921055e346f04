import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { noNodePort } from './no-node-port';

/** The policies on the API objects of a plan, overrides included. */
export const kubernetesPolicies: readonly Policy<KubernetesPlan>[] = [noNodePort];
