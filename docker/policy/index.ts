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
import { publishedStores } from './published-stores';
import { readOnlyRootOfContainers } from './read-only-root';
import { usualPorts } from './usual-ports';
import { versionedImages } from './versioned-images';

/**
 * The policies that check the containers of a plan, overrides included. The rest of section 5 of the CIS Docker
 * Benchmark needs no policy, because a plan cannot break it. Every container has the engine's seccomp profile, its own
 * namespaces and a restart policy. No container is privileged or can gain privileges.
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
  publishedStores,
  readOnlyRootOfContainers,
  usualPorts,
  versionedImages,
];
