import { Health, Migration } from 'catamaran';
import { issuesOfApp, withProps } from '../../../support/application';

test('a health check without a program is refused', () => {
  expect(issuesOfApp(withProps({ liveness: Health.command([]) }))).toEqual([
    'shop/api: liveness.command is []: write a program and its arguments',
  ]);
});

test('a migration without a program or a check is refused', () => {
  const props = { image: 'shop:1.0', command: [], check: [] };
  expect(issuesOfApp((app) => new Migration(app, 'migration', props))).toEqual([
    'shop/migration: check is []: write a program and its arguments',
    'shop/migration: command is []: write a program and its arguments',
  ]);
});
