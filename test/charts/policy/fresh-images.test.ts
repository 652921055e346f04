import { freshImages } from '../../../charts/policy/fresh-images';
import { broken, container, testPolicy } from './broken';

testPolicy(freshImages, [
  [
    'an image that is not pulled again',
    broken('Deployment', 'api', [...container.Deployment, 'imagePullPolicy'], 'IfNotPresent'),
    { workload: 'api', field: 'Deployment/api api imagePullPolicy', got: 'IfNotPresent', write: 'Always' },
  ],
]);
