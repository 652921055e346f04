import { freshImages } from '../../../charts/policy/fresh-images';
import { broken, container, testPolicy } from './broken';

testPolicy(freshImages, [
  [
    'an image that is not pulled again',
    broken('Deployment', 'api', [...container.Deployment, 'imagePullPolicy'], 'IfNotPresent'),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'imagePullPolicy',
      got: 'IfNotPresent',
      write: 'Always',
    },
  ],
]);
