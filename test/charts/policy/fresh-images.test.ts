import { freshImages } from '../../../charts/policy/fresh-images';
import { broken, container, kept } from './broken';

test.each([
  [
    'an image that a node may have',
    broken('Deployment', 'api', [...container.Deployment, 'imagePullPolicy'], 'IfNotPresent'),
    { workload: 'api', field: 'Deployment/api api imagePullPolicy', got: 'IfNotPresent', write: 'Always' },
  ],
])('%s: found', (_, plan, finding) => {
  expect(freshImages.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(freshImages.check(kept)).toEqual([]);
});
