import { unique } from '../../constructs/model/sorted';
import type { Violation } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import type { ClusterLimit } from './limit';
import { annotationKeys, labels, objectNames, selectedPods } from './metadata';
import { addressBlocks, gatewayLists, ingressRules, servicePorts } from './network';
import {
  containerPorts,
  ids,
  images,
  mounts,
  partNames,
  programTexts,
  variableNames,
  volumeFiles,
} from './pods';
import { quantities } from './quantities';
import { configurationKeys, configurationSize, objectSize } from './sizes';

/**
 * Everything that the API server or `kubectl apply` refuses and that an application or its overrides can reach.
 * test/e2e/limits.test.ts shows each of them to an API server.
 */
export const clusterLimits = {
  objectSize,
  configurationSize,
  configurationKeys,
  objectNames,
  labels,
  annotationKeys,
  selectedPods,
  partNames,
  images,
  containerPorts,
  variableNames,
  programTexts,
  mounts,
  volumeFiles,
  ids,
  quantities,
  servicePorts,
  ingressRules,
  gatewayLists,
  addressBlocks,
} as const satisfies Readonly<Record<string, ClusterLimit>>;

/** What a cluster will refuse of a plan. */
export function beyondLimits(plan: KubernetesPlan): readonly Violation[] {
  const all = Object.values<ClusterLimit>(clusterLimits).flatMap(({ check }) => check(plan));
  // Two containers, or two rules of a policy, can have the same mistake.
  return unique(all);
}
