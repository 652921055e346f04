import { Backend, Migration } from 'catamaran';
import { modelOfApp } from '../../support/application';

test('a component that waits for a migration waits until it has completed', () => {
  const { workloads } = modelOfApp((app) => {
    const migration = new Migration(app, 'migration', {
      image: 'api:1.0',
      command: ['up'],
      check: ['current'],
    });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor: [migration] });
  });
  expect(workloads.map(({ name, run, after }) => [name, run, after])).toEqual([
    ['migration', 'once', []],
    ['api', 'service', [{ workload: 'migration', until: 'completed' }]],
  ]);
  expect(workloads[0]?.gate).toMatchObject({ check: { kind: 'command', command: ['current'] } });
});
