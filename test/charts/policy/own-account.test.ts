import { ownAccount } from '../../../charts/policy/own-account';
import { broken, pod, testPolicy } from './broken';

testPolicy(ownAccount, [
  [
    'a pod with a token of the API',
    broken('Deployment', 'api', [...pod.Deployment, 'automountServiceAccountToken'], true),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'automountServiceAccountToken',
      got: true,
      write: 'false',
    },
  ],
  [
    'the default account of the namespace',
    broken('Deployment', 'api', [...pod.Deployment, 'serviceAccountName'], 'default'),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'serviceAccountName',
      got: 'default',
      write: 'a service account of the application, without a token',
    },
  ],
]);
