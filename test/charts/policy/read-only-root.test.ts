import { readOnlyRoot } from '../../../charts/policy/read-only-root';
import { broken, container, kept } from './broken';

test.each([
  [
    'a file system that can be written',
    broken(
      'Deployment',
      'api',
      [...container.Deployment, 'securityContext', 'readOnlyRootFilesystem'],
      false,
    ),
    {
      workload: 'api',
      field: 'Deployment/api api securityContext.readOnlyRootFilesystem',
      got: false,
      write: 'true',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(readOnlyRoot.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(readOnlyRoot.check(kept)).toEqual([]);
});
