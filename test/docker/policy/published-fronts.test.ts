import { publishedFronts } from '../../../docker/policy/published-fronts';
import { foundAfter } from '../../support/docker-policy';

function found(component: 'proxy' | 'api' | 'database', address: string) {
  const publish = [{ port: 9000, target: 8000, address }];
  return foundAfter(publishedFronts, component, (container) => ({ ...container, publish }));
}

test.each(['0.0.0.0', '192.0.2.1'])(
  'a component that others call is found if it is published at %s',
  (address) => {
    expect(found('database', address)).toEqual([
      {
        workload: 'database',
        field: 'publish',
        got: `${address}:9000`,
        write: "expose: hostPort(9000, '127.0.0.1'), or publish a ReverseProxy in its place",
      },
    ]);
  },
);

test('a component that is published only to the host itself keeps the policy', () => {
  expect(found('database', '127.0.0.1')).toEqual([]);
});

test('a component that nobody calls may be published everywhere', () => {
  expect(found('proxy', '0.0.0.0')).toEqual([]);
});
