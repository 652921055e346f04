import { Backend, Health, Size } from 'catamaran';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import { onDocker, onKubernetes, planOfApp } from '../support/application';

test.each<[string, EnvironmentSpec]>([
  ['docker', onDocker],
  ['kubernetes', onKubernetes],
])('a field that needs no note has none on %s', (_, place) => {
  const { notes } = planOfApp(
    (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        health: Health.command(['true']),
        scratch: [{ path: '/tmp', size: Size.mebibytes(1), medium: 'memory' }],
      }),
    place,
  );
  expect(notes.map(({ field }) => field)).toEqual(
    place.target === 'docker' ? ['processes', 'readiness', 'liveness', 'deadline'] : ['processes'],
  );
});
