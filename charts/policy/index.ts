import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { boundedResources } from './bounded-resources';
import { boundedRuns } from './bounded-runs';
import { closedNetwork } from './closed-network';
import { disruptionBudgets } from './disruption-budgets';
import { freshImages } from './fresh-images';
import { gracefulRelease } from './graceful-release';
import { guaranteedResources } from './guaranteed-resources';
import { healthProbes } from './health-probes';
import { highUserIds } from './high-user-ids';
import { knownOrigin } from './known-origin';
import { namedPods } from './named-pods';
import { noHostAccess } from './no-host-access';
import { noNodePort } from './no-node-port';
import { noPlainSecretsInObjects } from './no-plain-secrets';
import { noPrivileges } from './no-privileges';
import { ownAccount } from './own-account';
import { pinnedImages } from './pinned-images';
import { priorityClass } from './priority-class';
import { readOnlyRootOfPods } from './read-only-root';
import { restartedPods } from './restarted-pods';
import { runtimeSeccomp } from './runtime-seccomp';
import { servedPods } from './served-pods';
import { severalReplicas } from './several-replicas';
import { shortSearch } from './short-search';
import { spreadPods } from './spread-pods';
import { stableApi } from './stable-api';

/** The policies that check the API objects of a plan, overrides included. */
export const kubernetesPolicies: readonly Policy<KubernetesPlan>[] = [
  boundedResources,
  boundedRuns,
  closedNetwork,
  disruptionBudgets,
  freshImages,
  gracefulRelease,
  guaranteedResources,
  healthProbes,
  highUserIds,
  knownOrigin,
  namedPods,
  noHostAccess,
  noNodePort,
  noPlainSecretsInObjects,
  noPrivileges,
  ownAccount,
  pinnedImages,
  priorityClass,
  readOnlyRootOfPods,
  restartedPods,
  runtimeSeccomp,
  servedPods,
  severalReplicas,
  shortSearch,
  spreadPods,
  stableApi,
];
