import { noHostAccess } from '../../../charts/policy/no-host-access';
import { broken, container, pod, testPolicy } from './broken';

testPolicy(noHostAccess, [
  [
    'the network of the node',
    broken('Deployment', 'api', [...pod.Deployment, 'hostNetwork'], true),
    { workload: 'api', object: 'Deployment/api', field: 'hostNetwork', got: true, write: 'false' },
  ],
  [
    'a folder of the node',
    broken(
      'Deployment',
      'api',
      [...pod.Deployment, 'volumes'],
      [{ name: 'logs', hostPath: { path: '/var/log' } }],
    ),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'volumes logs',
      got: 'hostPath',
      write:
        'one of configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret',
    },
  ],
  [
    'a port of the node',
    broken('Deployment', 'api', [...container.Deployment, 'ports', '0', 'hostPort'], 8000),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'api ports hostPort',
      got: 8000,
      write: 'no host port, and expose: loadBalancer(…)',
    },
  ],
]);
