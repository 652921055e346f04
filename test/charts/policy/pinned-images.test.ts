import { pinnedImages } from '../../../charts/policy/pinned-images';
import { broken, container, testPolicy } from './broken';

testPolicy(pinnedImages, [
  [
    'an image without a digest',
    broken('Deployment', 'api', [...container.Deployment, 'image'], 'api:1.0'),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'image',
      got: 'api:1.0',
      write: 'the image with its tag and digest: catamaran images --pin adds the digest',
    },
  ],
]);
