import { gracefulRelease } from '../../../charts/policy/graceful-release';
import { broken, container, pod, testPolicy } from './broken';

testPolicy(gracefulRelease, [
  [
    'an old pod that stops before the new one is ready',
    broken('Deployment', 'api', ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'], 1),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'strategy.rollingUpdate.maxUnavailable',
      got: 1,
      write: '0',
    },
  ],
  [
    'a pod that stops while it gets requests',
    broken('Deployment', 'api', [...container.Deployment, 'lifecycle'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'api lifecycle.preStop',
      got: undefined,
      write: 'a short sleep, until proxies stop sending requests',
    },
  ],
  [
    'no time to stop',
    broken('Deployment', 'api', [...pod.Deployment, 'terminationGracePeriodSeconds'], 0),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'terminationGracePeriodSeconds',
      got: 0,
      write: 'a number of seconds, from grace of the component',
    },
  ],
]);
