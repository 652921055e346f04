import { ownAccount } from '../../../charts/policy/own-account';
import { broken, pod, testPolicy } from './broken';

testPolicy(ownAccount, [
  [
    'a token',
    broken('Deployment', 'api', [...pod.Deployment, 'automountServiceAccountToken'], true),
    { workload: 'api', field: 'Deployment/api automountServiceAccountToken', got: true, write: 'false' },
  ],
  [
    'the account of all',
    broken('Deployment', 'api', [...pod.Deployment, 'serviceAccountName'], 'default'),
    {
      workload: 'api',
      field: 'Deployment/api serviceAccountName',
      got: 'default',
      write: 'a service account of the application, without a token',
    },
  ],
]);
