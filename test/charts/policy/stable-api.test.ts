import { stableApi } from '../../../charts/policy/stable-api';
import { broken, testPolicy } from './broken';

testPolicy(stableApi, [
  [
    'a beta version of the API',
    broken('PodDisruptionBudget', 'api', ['apiVersion'], 'policy/v1beta1'),
    {
      workload: 'api',
      object: 'PodDisruptionBudget/api',
      field: 'apiVersion',
      got: 'policy/v1beta1',
      write: 'a version without alpha or beta',
    },
  ],
]);
