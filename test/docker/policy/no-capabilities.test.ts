import { noCapabilities } from '../../../docker/policy/no-capabilities';
import { foundAfter, withEngine } from '../../support/docker-policy';

test('capabilities that an override gives are found', () => {
  expect(foundAfter(noCapabilities, 'api', withEngine({ capabilities: ['NET_ADMIN', 'CHOWN'] }))).toEqual([
    {
      workload: 'api',
      field: 'engine.capabilities',
      got: ['NET_ADMIN', 'CHOWN'],
      write:
        'no capabilities in an override. Instead, state them in capabilities or runsAsRoot of the component',
    },
  ]);
});

test('an empty list gives none', () => {
  expect(foundAfter(noCapabilities, 'api', withEngine({ capabilities: [] }))).toEqual([]);
});
