import { limitedResources } from '../../../docker/policy/limited-resources';
import { foundAfter } from '../../support/docker-policy';

test.each([
  ['memory', 0],
  ['cpus', 0],
  ['pids', 0],
  ['pids', -1],
])('%s %d is found, since the engine takes it for no limit', (field, got) => {
  expect(foundAfter(limitedResources, 'api', (container) => ({ ...container, [field]: got }))).toEqual([
    { workload: 'api', field, got, write: 'a limit greater than 0' },
  ]);
});

test('each limit that is missing is found', () => {
  const found = foundAfter(limitedResources, 'api', (container) => ({
    ...container,
    memory: 0,
    cpus: 0,
    pids: 0,
  }));
  expect(found.map(({ field }) => field)).toEqual(['memory', 'cpus', 'pids']);
});

test('another limit is accepted', () => {
  expect(foundAfter(limitedResources, 'api', (container) => ({ ...container, cpus: 0.01, pids: 1 }))).toEqual(
    [],
  );
});
