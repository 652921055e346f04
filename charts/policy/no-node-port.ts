import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { eachObject, faultUnless } from './rules';

export const noNodePort: Policy<KubernetesPlan> = {
  name: 'no-node-port',
  rule: 'No Service is of type NodePort.',
  why: 'A node port is open on every node and bypasses the load balancer and its rules. Its number is also taken in the whole cluster.',
  sources: ['kube-score service-type', 'kube-linter exposed-services'],
  check: eachObject((object) =>
    object.kind === 'Service'
      ? faultUnless(
          object.spec?.type !== 'NodePort',
          'spec.type',
          object.spec?.type,
          'expose: loadBalancer(…), or use a proxy of the cluster',
        )
      : [],
  ),
};
