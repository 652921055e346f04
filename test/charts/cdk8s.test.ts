import { targets } from '../../cli/targets';
import { join } from 'node:path';
import { ManifestApp } from '../../charts/cdk8s';
import { manifestFiles } from '../../charts/files';
import { planApplication } from '../../constructs/pipeline/plan';
import eqBackend from '../../stacks/eq-backend';
import vdt2023 from '../../stacks/vdt2023';
import { filesBelow, projectOf } from '../support/project';
import { kubernetesPlan } from '../support/written';

const { CDK8S_DISABLE_SORT: before } = process.env;

afterEach(() => {
  if (before === undefined) delete process.env['CDK8S_DISABLE_SORT'];
  else process.env['CDK8S_DISABLE_SORT'] = before;
});

test('cdk8s writes the same bytes as synth but for the heading, for every application in every cluster', () => {
  const outdir = join(projectOf({}), 'dist');
  const app = new ManifestApp({ outdir });
  const expected: Record<string, string> = {};
  for (const { create, environments } of [eqBackend, vdt2023])
    for (const environment of [environments.staging, environments.production]) {
      const planned = planApplication(create(environment), targets, new Map());
      const { name } = planned.application;
      app.add(name, environment.name, kubernetesPlan(planned));
      for (const [file, text] of Object.entries(manifestFiles(kubernetesPlan(planned), 'shop in dev')))
        expected[`${name}/${environment.name}/${file}`] = text.replace(/^# shop in dev\n/, '');
    }
  app.synth();
  expect(filesBelow(outdir)).toEqual(expected);
});
