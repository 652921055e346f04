import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';

/** Nothing is published at the ports of all nodes. */
export const noNodePort: Policy<KubernetesPlan> = {
  name: 'no-node-port',
  rule: 'No Service is of type NodePort.',
  why: 'It is open at every node, beside the load balancer and its rules, and one port of the cluster is its own.',
  sources: ['kube-score service-type', 'kube-linter exposed-services'],
  check: ({ groups }) =>
    groups.flatMap(({ name: workload, objects }) =>
      objects.flatMap((object) =>
        object.kind === 'Service' && object.spec?.type === 'NodePort'
          ? [
              {
                workload,
                field: `Service/${object.metadata.name} spec.type`,
                got: object.spec.type,
                write: 'expose: loadBalancer(…), or a proxy of the cluster',
              },
            ]
          : [],
      ),
    ),
};
