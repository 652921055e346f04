import { runtimeSeccomp } from '../../../charts/policy/runtime-seccomp';
import { broken, container, testPolicy } from './broken';

testPolicy(runtimeSeccomp, [
  [
    'a container without a seccomp filter',
    broken('Deployment', 'api', [...container.Deployment, 'securityContext', 'seccompProfile'], {
      type: 'Unconfined',
    }),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.seccompProfile.type',
      got: 'Unconfined',
      write: 'RuntimeDefault',
    },
  ],
]);
