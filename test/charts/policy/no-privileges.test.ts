import { noPrivileges } from '../../../charts/policy/no-privileges';
import { broken, container, testPolicy } from './broken';

testPolicy(noPrivileges, [
  [
    'a privileged container',
    broken('Deployment', 'api', [...container.Deployment, 'securityContext', 'privileged'], true),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.privileged',
      got: true,
      write: 'false',
    },
  ],
  [
    'a container that may become privileged',
    broken(
      'Deployment',
      'api',
      [...container.Deployment, 'securityContext', 'allowPrivilegeEscalation'],
      undefined,
    ),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.allowPrivilegeEscalation',
      got: undefined,
      write: 'false',
    },
  ],
  [
    'capabilities that are not dropped',
    broken('Deployment', 'api', [...container.Deployment, 'securityContext', 'capabilities'], {
      drop: ['NET_RAW'],
    }),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.capabilities.drop',
      got: ['NET_RAW'],
      write: "['ALL']",
    },
  ],
  [
    'a capability that is added',
    broken(
      'Deployment',
      'api',
      [...container.Deployment, 'securityContext', 'capabilities', 'add'],
      ['NET_BIND_SERVICE'],
    ),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.capabilities.add',
      got: ['NET_BIND_SERVICE'],
      write: 'an empty list',
    },
  ],
]);
