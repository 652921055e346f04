import { noCapabilities } from '../../../docker/policy/no-capabilities';
import { foundAfter, withEngine } from '../../support/docker-policy';

test('capabilities that an override gives are found', () => {
  expect(foundAfter(noCapabilities, 'api', withEngine({ capabilities: ['NET_ADMIN', 'CHOWN'] }))).toEqual([
    {
      workload: 'api',
      field: 'engine.capabilities',
      got: ['NET_ADMIN', 'CHOWN'],
      write:
        'no capabilities in an override. Instead, use a port of 1024 or more, another folder, or a user that ' +
        'has the rights',
    },
  ]);
});

test('an empty list gives none', () => {
  expect(foundAfter(noCapabilities, 'api', withEngine({ capabilities: [] }))).toEqual([]);
});
