import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesPlan } from '../../charts/plan';
import { targets } from '../../cli/targets';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import { planApplication } from '../../constructs/pipeline/plan';
import type { DockerPlan } from '../../docker/plan';
import type { CorpusEntry, Plans } from './entry';
import { corpus, refused } from './index';
import { composeKeys } from './keys';
import { thrownBy } from '../support/application';

const files = join(__dirname, '..', '..', '..', 'shared', 'corpus');
const isHere = existsSync(files);
if (!isHere) process.stderr.write(`not run: ${files} is not here, so no table is compared with its file\n`);

function planOf({ application: App }: CorpusEntry, place: EnvironmentSpec, name: string): unknown {
  return planApplication(new App({ ...place, name }), targets, new Map()).plan;
}

function plansOf(entry: CorpusEntry): Plans {
  return {
    docker: planOf(entry, entry.onDocker, 'dev') as DockerPlan,
    kubernetes: planOf(entry, entry.onKubernetes, 'staging') as KubernetesPlan,
  };
}

describe.each(Object.entries(corpus))('%s', (name, entry) => {
  let plans: Plans;
  beforeAll(() => {
    plans = plansOf(entry);
  });

  (isHere ? test : test.skip)(
    'each key of the compose file has a line in the table, and no other has',
    () => {
      const file: unknown = parse(readFileSync(join(files, name, 'compose.yaml'), 'utf8'), {
        merge: true,
        version: '1.1',
      });
      expect(Object.keys(entry.table).sort()).toEqual(composeKeys(file).sort());
    },
  );

  test.each(Object.entries(entry.table))('%s is carried', (_, { found, expected }) => {
    expect(found(plans)).toEqual(expected);
  });
});

describe.each(Object.entries(refused))(
  '%s is refused',
  (_, { application: App, onDocker, onKubernetes, messages }) => {
    test.each([
      ['on Docker', onDocker],
      ['on Kubernetes', onKubernetes],
    ])('%s, by name', (where, place) => {
      const plan = () => planApplication(new App({ ...place, name: 'dev' }), targets, new Map());
      const { docker, kubernetes } = messages;
      expect(thrownBy(plan).message.split('\n')).toEqual(where === 'on Docker' ? docker : kubernetes);
    });
  },
);
