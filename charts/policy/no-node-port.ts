import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';

export const noNodePort: Policy<KubernetesPlan> = {
  name: 'no-node-port',
  rule: 'No Service is of type NodePort.',
  why: 'A node port is open on every node and bypasses the load balancer and its rules. Its number is also taken in the whole cluster.',
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
                write: 'expose: loadBalancer(…), or use a proxy of the cluster',
              },
            ]
          : [],
      ),
    ),
};
