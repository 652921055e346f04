import { docker, kubernetes } from 'catamaran';
import type { EnvironmentSpec } from '../../../../constructs/environment/environment';
import { issuesOfApp, withProps } from '../../../support/application';

const places: readonly (readonly [string, EnvironmentSpec])[] = [
  ['docker', docker({ forbid: ['low-ports'] })],
  ['kubernetes', kubernetes({ namespace: 'shop', forbid: ['low-ports'] })],
];

test.each(places)('an environment on %s can forbid a need', (_, place) => {
  expect(issuesOfApp(withProps({ port: 80 }), place)).toContain(
    "shop/api: port: api listens at port 80, and environment dev forbids low-ports: write a component without this need, or take 'low-ports' out of forbid in environment dev",
  );
});
