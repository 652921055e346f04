import { highUserIds } from '../../../charts/policy/high-user-ids';
import { broken, container, pod, testPolicy } from './broken';

testPolicy(highUserIds, [
  [
    'a low user',
    broken('Deployment', 'api', [...container.Deployment, 'securityContext', 'runAsUser'], 999),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.runAsUser',
      got: 999,
      write: "a number above 10000, or binding: 'any' if the image can run as any user",
    },
  ],
  [
    'a low group of a job',
    broken('CronJob', 'report', [...container.CronJob, 'securityContext', 'runAsGroup'], 0),
    {
      workload: 'report',
      object: 'CronJob/report report',
      field: 'securityContext.runAsGroup',
      got: 0,
      write: "a number above 10000, or binding: 'any' if the image can run as any user",
    },
  ],
  [
    'a container that may run as root',
    broken('Deployment', 'api', [...container.Deployment, 'securityContext', 'runAsNonRoot'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'securityContext.runAsNonRoot',
      got: undefined,
      write: 'true',
    },
  ],
  [
    'a gate with a low user',
    broken(
      'Deployment',
      'api',
      [...pod.Deployment, 'initContainers', '0', 'securityContext', 'runAsUser'],
      999,
    ),
    {
      workload: 'api',
      object: 'Deployment/api wait-database',
      field: 'securityContext.runAsUser',
      got: 999,
      write: "a number above 10000, or binding: 'any' if the image can run as any user",
    },
  ],
]);
