import { readOnlyRootOfPods } from '../../../charts/policy/read-only-root';
import { broken, container, testPolicy } from './broken';

testPolicy(readOnlyRootOfPods, [
  [
    'a writable root file system',
    broken(
      'Deployment',
      'api',
      [...container.Deployment, 'securityContext', 'readOnlyRootFilesystem'],
      false,
    ),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.readOnlyRootFilesystem',
      got: false,
      write: 'true',
    },
  ],
]);
