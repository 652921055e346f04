import { hostPort, Secret } from 'catamaran';
import { issuesOfApp, onDocker, withProps } from '../../../support/application';

test('secrets without a source are refused, by name', () => {
  const build = withProps({ env: Secret.variables('TOKEN', 'KEY') });
  expect(issuesOfApp(build, { ...onDocker, secrets: { kind: 'none' } })).toEqual([
    'shop (dev): secrets is missing: write a source, such as envFile(), for the secrets KEY, TOKEN',
  ]);
});

test('settings of an unknown component are refused', () => {
  const place = { ...onDocker, components: { backend: { replicas: 2 }, api: { expose: hostPort(80) } } };
  expect(issuesOfApp(withProps({}), place)).toEqual([
    'shop (dev): components has "backend", which is not a component: write one of api',
  ]);
});
