import { Health, Migration, PostgresDatabase, Worker } from 'catamaran';
import { checkAll } from '../../../constructs/policy/policy';
import { judge } from '../../../constructs/policy/verdict';
import { healthChecked } from '../../../docker/policy/health-checked';
import { planOfApp } from '../../support/application';
import { foundAfter } from '../../support/docker-policy';
import { dockerPlan } from '../../support/written';

const violation = {
  field: 'health',
  got: undefined,
  write: "health: Health.http('/health') or Health.command([…])",
};

test('a container whose health check an override takes away is found', () => {
  expect(foundAfter(healthChecked, 'api', (container) => ({ ...container, health: [] }))).toEqual([
    { workload: 'api', ...violation },
  ]);
});

test('a component that says why it has none is excused, with its reason', () => {
  const planned = planOfApp(
    (app) => new Worker(app, 'worker', { image: 'api:1.0', health: Health.none('why') }),
  );
  const checked = checkAll([healthChecked], dockerPlan(planned));
  const { findings, excused } = judge(planned.model, checked, [healthChecked]);
  expect(findings).toEqual([]);
  expect(excused).toEqual([{ policy: 'health-checked', reason: 'why', path: 'shop/worker', violations: 1 }]);
});

test('a worker without a health check is found, and a migration needs none', () => {
  const planned = planOfApp((app) => {
    const database = new PostgresDatabase(app, 'database');
    const env = { DATABASE_URL: database.url };
    new Migration(app, 'migration', { image: 'api:1.0', command: ['up'], check: ['ok'], env });
    new Worker(app, 'worker', { image: 'api:1.0' });
  });
  expect(healthChecked.check(dockerPlan(planned))).toEqual([{ workload: 'worker', ...violation }]);
});
