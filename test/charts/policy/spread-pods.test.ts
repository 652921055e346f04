import { spreadPods } from '../../../charts/policy/spread-pods';
import { broken, pod, testPolicy } from './broken';

testPolicy(spreadPods, [
  [
    'all replicas on one host',
    broken('Deployment', 'api', [...pod.Deployment, 'affinity', 'podAntiAffinity'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'affinity.podAntiAffinity',
      got: undefined,
      write: 'a rule for the pods of the same name',
    },
  ],
  [
    'nodes of any operating system',
    broken('Deployment', 'api', [...pod.Deployment, 'affinity', 'nodeAffinity'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'affinity.nodeAffinity',
      got: undefined,
      write: 'a rule for kubernetes.io/os: linux',
    },
  ],
  [
    'no spread over zones',
    broken('Deployment', 'api', [...pod.Deployment, 'topologySpreadConstraints', '1', 'topologyKey'], 'rack'),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'topologySpreadConstraints',
      got: ['kubernetes.io/hostname', 'rack'],
      write: 'a constraint for topology.kubernetes.io/zone as well',
    },
  ],
]);
