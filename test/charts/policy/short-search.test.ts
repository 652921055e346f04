import { shortSearch } from '../../../charts/policy/short-search';
import { broken, pod, testPolicy } from './broken';

testPolicy(shortSearch, [
  [
    'the default of five dots in a name',
    broken('Deployment', 'api', [...pod.Deployment, 'dnsConfig'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'dnsConfig.options ndots',
      got: undefined,
      write: '2',
    },
  ],
]);
