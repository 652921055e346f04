import { noCapabilities } from '../../../docker/policy/no-capabilities';
import { foundAfter, withEngine } from '../../support/docker-policy';

test('capabilities that an override gives are found', () => {
  expect(foundAfter(noCapabilities, 'api', withEngine({ capabilities: ['NET_ADMIN', 'CHOWN'] }))).toEqual([
    {
      workload: 'api',
      field: 'engine.capabilities',
      got: ['NET_ADMIN', 'CHOWN'],
      write:
        'no capabilities in an override: use a port from 1024 on, a folder of its own, or a user with the ' +
        'rights',
    },
  ]);
});

test('an empty list gives none', () => {
  expect(foundAfter(noCapabilities, 'api', withEngine({ capabilities: [] }))).toEqual([]);
});
