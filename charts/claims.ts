import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { Environment } from '../constructs/environment/environment';
import { environmentPath } from '../constructs/model/path';
import type { ApplicationModel } from '../constructs/model/workload';
import { portClaims, type Claim } from '../constructs/target/claims';

/**
 * An application claims its ports on the nodes, and its namespace. Two applications cannot share a namespace, because the
 * network policies of each apply to the whole namespace.
 */
export function clusterClaims(
  model: ApplicationModel,
  { name, context, namespace }: Environment<KubernetesSpec>,
): Claim[] {
  const cluster = context ?? '';
  const own: Claim = {
    key: ['namespace', name, cluster, namespace].join(' '),
    path: environmentPath(model.name, name),
    field: 'namespace',
    got: namespace,
    write: (owner) => `another namespace, because ${owner} uses this one`,
  };
  return [...portClaims(model, cluster), own];
}
