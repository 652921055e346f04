import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { healthChecked } from './health-checked';
import { limitedResources } from './limited-resources';
import { noCapabilities } from './no-capabilities';
import { noHostDevices } from './no-host-devices';
import { noPlainSecretsInContainers } from './no-plain-secrets';
import { notRoot } from './not-root';
import { ownFolders } from './own-folders';
import { privateNetworks } from './private-networks';
import { publishedFronts } from './published-fronts';
import { usualPorts } from './usual-ports';
import { versionedImages } from './versioned-images';

/**
 * The policies on the containers of a plan, overrides included. A plan has no word for the rest of section 5 of
 * the CIS Docker Benchmark: every container that is written or applied has no new privileges, a read-only root,
 * the engine's seccomp profile, namespaces of its own and a restart policy, and none is privileged.
 */
export const dockerPolicies: readonly Policy<DockerPlan>[] = [
  healthChecked,
  limitedResources,
  noCapabilities,
  noHostDevices,
  noPlainSecretsInContainers,
  notRoot,
  ownFolders,
  privateNetworks,
  publishedFronts,
  usualPorts,
  versionedImages,
];
