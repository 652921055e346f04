import { severalReplicas } from '../../../charts/policy/several-replicas';
import { broken, testPolicy } from './broken';

testPolicy(severalReplicas, [
  [
    'one replica',
    broken('Deployment', 'api', ['spec', 'replicas'], 1),
    { workload: 'api', object: 'Deployment/api', field: 'spec.replicas', got: 1, write: '2 or more' },
  ],
]);
