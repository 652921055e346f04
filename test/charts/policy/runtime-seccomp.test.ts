import { runtimeSeccomp } from '../../../charts/policy/runtime-seccomp';
import { broken, container, kept } from './broken';

test.each([
  [
    'calls that nobody filters',
    broken('Deployment', 'api', [...container.Deployment, 'securityContext', 'seccompProfile'], {
      type: 'Unconfined',
    }),
    {
      workload: 'api',
      field: 'Deployment/api api securityContext.seccompProfile.type',
      got: 'Unconfined',
      write: 'RuntimeDefault',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(runtimeSeccomp.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(runtimeSeccomp.check(kept)).toEqual([]);
});
