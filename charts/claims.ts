import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { Environment } from '../constructs/environment/environment';
import { titleOf } from '../constructs/model/own-object';
import { componentPath, environmentPath } from '../constructs/model/path';
import type { ClusterProxy } from '../constructs/model/proxy';
import { prefixOf } from '../constructs/model/route';
import type { ApplicationModel } from '../constructs/model/workload';
import { portClaims, type Claim } from '../constructs/target/claims';

const elsewhere = 'name different clusters with context in both';

/**
 * An application in one environment claims its ports on the nodes, its namespace, and its routes on a proxy that others
 * use too. Two cannot share a namespace: their objects can have the same names, the network policies of each apply to
 * the whole namespace, and its priority class, which belongs to the cluster, has the name of the namespace.
 */
export function clusterClaims(
  model: ApplicationModel,
  { name, context, namespace, proxy }: Environment<KubernetesSpec>,
): Claim[] {
  const own: Claim = {
    key: `namespace ${namespace}`,
    place: context,
    path: environmentPath(model.name, name),
    field: 'namespace',
    got: namespace,
    write: (owner) => `another namespace, because ${owner} uses this one; or ${elsewhere}`,
  };
  return [
    ...portClaims(model, context, elsewhere),
    own,
    ...routeClaims(model, proxy, context),
    ...manifestClaims(model, namespace, context),
  ];
}

/** The own objects that are not in the namespace of the application: the whole cluster has them once. */
function manifestClaims(model: ApplicationModel, namespace: string, place: string | undefined): Claim[] {
  return model.manifests
    .filter(({ object: { metadata } }) => metadata.namespace !== namespace)
    .map(({ file, object }): Claim => {
      const { namespace: within } = object.metadata;
      const got = within === undefined ? titleOf(object) : `${titleOf(object)} in ${within}`;
      const write = (owner: string) =>
        `it in one of them only, because ${owner} has it as well; or ${elsewhere}`;
      return {
        key: `object ${got}`,
        place,
        path: environmentPath(model.name, model.environmentName),
        field: 'manifests',
        got,
        write,
        sentence: (owner) => `manifests has ${got} in ${file}: write ${write(owner)}`,
      };
    });
}

/**
 * The routes on an Ingress controller or on a Gateway that exists already. If two applications have a route for the same
 * host and path, only one of them gets the requests.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
function routeClaims(
  { name, environmentName, workloads }: ApplicationModel,
  proxy: ClusterProxy,
  place: string | undefined,
): Claim[] {
  const entrance = entranceOf(proxy);
  if (entrance === undefined) return [];
  return workloads.flatMap((workload) =>
    workload.routes.flatMap(({ hosts, path }) =>
      (hosts.length > 0 ? hosts : ['']).map((host): Claim => {
        const prefix = prefixOf(path) || '/';
        const got = host === '' ? `${prefix} of any host` : `${host}${prefix}`;
        const others = host === '' ? 'hosts for this route' : 'another host or path';
        const write = (owner: string) =>
          `${others}, because ${owner} has the same route on ${entrance}; or ${elsewhere}`;
        return {
          key: `route ${entrance} ${got}`,
          place,
          path: componentPath(name, workload.name),
          field: 'routes',
          got,
          write,
          sentence: (owner) => `routes has ${got} in ${environmentName}: write ${write(owner)}`,
        };
      }),
    ),
  );
}

/** What several applications share as their entrance; undefined if each has its own. */
function entranceOf(proxy: ClusterProxy): string | undefined {
  if (proxy.kind === 'ingress') return `the IngressClass ${proxy.className}`;
  if (proxy.kind === 'gateway' && proxy.gateway.kind === 'existing')
    return `the Gateway ${proxy.gateway.namespace}/${proxy.gateway.name}`;
  return undefined;
}
