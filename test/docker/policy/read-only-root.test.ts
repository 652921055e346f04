import { readOnlyRootOfContainers } from '../../../docker/policy/read-only-root';
import { planOfApp, withProps } from '../../support/application';
import { foundAfter } from '../../support/docker-policy';
import { dockerPlan } from '../../support/written';

test('a root that an override makes writable is found', () => {
  const change = foundAfter(readOnlyRootOfContainers, 'api', (container) => ({
    ...container,
    readOnly: false,
  }));
  expect(change).toEqual([{ workload: 'api', field: 'readOnly', got: false, write: 'true' }]);
});

test('a root that its component states to be writable keeps the policy', () => {
  const plan = dockerPlan(planOfApp(withProps({ root: 'writable' })));
  expect(readOnlyRootOfContainers.check(plan)).toEqual([]);
});
