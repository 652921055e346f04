import { publishedStores } from '../../../docker/policy/published-stores';
import { foundAfter } from '../../support/docker-policy';

function found(component: 'proxy' | 'api' | 'database', address: string) {
  const publish = [{ port: 5432, target: 5432, address }];
  return foundAfter(publishedStores, component, (container) => ({ ...container, publish }));
}

test('a database is found in production if it is published, also only to the host itself', () => {
  expect(found('database', '127.0.0.1')).toEqual([
    {
      workload: 'database',
      field: 'publish',
      got: '127.0.0.1:5432',
      write: 'no expose, and run programs of the image with docker exec in the container of database',
    },
  ]);
  expect(publishedStores.applies).toBe('in production');
});

test('a component without data keeps the policy', () => {
  expect([...found('api', '127.0.0.1'), ...found('proxy', '127.0.0.1')]).toEqual([]);
});

test('a wider address is told by published-fronts alone', () => {
  expect(found('database', '0.0.0.0')).toEqual([]);
});
