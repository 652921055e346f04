import { targets } from '../../cli/targets';
import { cpSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { planOf } from 'catamaran/testing';
import type { Application, Stack } from 'catamaran';
import { loadStacks } from '../../cli/project/load';
import { readPins } from '../../cli/project/lock';
import { planApplication, writtenFiles } from '../../constructs/pipeline/plan';
import { readEnvFile } from '../../cli/project/secret-values';
import { present } from '../support/application';
import { seen, type Place, type Values } from '../support/leaks';
import { projectOf, writeFiles } from '../support/project';
import { deployments, stacks } from '../support/stacks';

const project = resolve(__dirname, '../..');
const dist = join(project, 'dist');

function applicationOf(stack: Stack, environment: string): Application {
  return stack.create(present(stack.environments[environment]));
}

/** The files of an environment as synth writes them to dist/. */
function rendered(stack: Stack, environment: string): Map<string, string> {
  const application = applicationOf(stack, environment);
  const folder = `${application.name}/${environment}`;
  const sources = relative(join(dist, folder), application.folder).split(sep).join('/');
  return new Map(
    Object.entries(writtenFiles(planApplication(application, targets, readPins(project)), sources)),
  );
}

test('every folder of stacks/ is held against a golden file', () => {
  expect(readdirSync(join(project, 'stacks')).sort()).toEqual(Object.keys(stacks).sort());
});

describe.each(deployments)('$name in $environment', ({ stack, environment }) => {
  // What notes say is held by the README's table of targets, and every byte of a plan by synth --check.
  test('has the notes and the summary of the golden file', () => {
    const { notes, summary } = planOf(stack, environment);
    const told = notes.map(({ field, workloads }) => `${field}: ${workloads.join(', ')}`);
    expect({ notes: told, summary }).toMatchSnapshot();
  });

  test('is rendered to the same bytes each time', () => {
    expect(rendered(stack, environment)).toEqual(rendered(stack, environment));
  });
});

describe('with a value for every secret in the file beside its application', () => {
  const secretsOf = (one: Pick<(typeof deployments)[number], 'stack' | 'environment'>) =>
    planOf(one.stack, one.environment).plan.secrets;
  const secretive = deployments.filter((one) => secretsOf(one).length > 0);
  const copied = new Map<string, Stack>();

  /** Values with all that URLs, JSON and base64 write in another way. */
  const valuesOf = (name: string): Values => {
    const secrets = new Set(secretive.filter((one) => one.name === name).flatMap(secretsOf));
    return Object.fromEntries(
      [...secrets].map((secret, index) => [secret, `planted/${index} ?&=%é"-${name}`]),
    );
  };

  beforeAll(() => {
    const folder = projectOf({});
    cpSync(join(project, 'stacks'), join(folder, 'stacks'), { recursive: true });
    for (const { name } of secretive) {
      const lines = Object.entries(valuesOf(name)).map(([secret, value]) => `${secret}='${value}'\n`);
      writeFiles(folder, { [`stacks/${name}/.env`]: lines.join('') });
    }
    for (const { name, stack } of loadStacks(folder)) copied.set(name, stack);
  });

  /** Everything that a reader of a plan gets. */
  const placesOf = (stack: Stack, environment: string): Place[] => [
    ...Object.entries(planOf(stack, environment)).map(([part, data]): Place => [part, JSON.stringify(data)]),
    ...rendered(stack, environment),
  ];

  const named = (secret: string) => new RegExp(`\\b${secret}\\b`, 'g');

  test.each(secretive)('$name in $environment has the names and none of the values', (one) => {
    const { name, environment } = one;
    const stack = present(copied.get(name));
    const values = valuesOf(name);
    expect(readEnvFile(join(applicationOf(stack, environment).folder, '.env'))).toEqual(values);
    const places = placesOf(stack, environment);
    expect(seen(places, values)).toEqual([]);

    // The search finds what it looks for: each value, put in where its name stands.
    const names = Object.keys(values);
    const where = places.flatMap(([place, text]) =>
      names.filter((secret) => named(secret).test(text)).map((secret) => `${place}: ${secret}`),
    );
    const known = secretsOf(one).flatMap((secret) => [`plan: ${secret}`, `summary: ${secret}`]);
    expect(where).toEqual(expect.arrayContaining(known));
    const base64 = (value: string) => Buffer.from(value).toString('base64');
    for (const spelling of [String, base64, encodeURIComponent]) {
      const leaking = places.map(([place, text]): Place => [
        place,
        names.reduce((now, secret) => now.replace(named(secret), () => spelling(values[secret] ?? '')), text),
      ]);
      expect(seen(leaking, values)).toEqual([...new Set(where)].sort());
    }
  });
});
