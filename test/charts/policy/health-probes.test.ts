import { healthProbes } from '../../../charts/policy/health-probes';
import { broken, container, testPolicy } from './broken';

testPolicy(healthProbes, [
  [
    'a container without a startup probe',
    broken('Deployment', 'api', [...container.Deployment, 'startupProbe'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'startupProbe',
      got: undefined,
      write: 'a probe, from health or liveness of the component',
    },
  ],
]);

test('the same question for both: found', () => {
  const tcp = { tcpSocket: { port: 8000 } };
  const both = broken('Deployment', 'api', [...container.Deployment, 'readinessProbe'], tcp);
  const groups = both.groups.map((group) => ({
    ...group,
    objects: group.objects.map((object) => {
      const spec = object.kind === 'Deployment' && object.metadata.name === 'api' ? object.spec : undefined;
      const [program] = spec?.template.spec?.containers ?? [];
      if (object.kind !== 'Deployment' || !spec?.template.spec || !program) return object;
      const pod = { ...spec.template.spec, containers: [{ ...program, livenessProbe: tcp }] };
      return { ...object, spec: { ...spec, template: { ...spec.template, spec: pod } } };
    }),
  }));
  expect(healthProbes.check({ ...both, groups })).toEqual([
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'livenessProbe',
      got: tcp,
      write: 'a check of its own',
      sentence: 'livenessProbe is the same as readinessProbe: write a check that needs no other component',
    },
  ]);
});
