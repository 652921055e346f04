import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { planOf } from 'catamaran/testing';
import type { Stack } from 'catamaran';
import { readPins } from '../../cli/lock';
import { planApplication, writtenFiles } from '../../cli/plan';
import { deployments, stacks } from '../support/stacks';

const project = resolve(__dirname, '../..');
const dist = join(project, 'dist');

/** The files of an environment as synth writes them to dist/. */
function rendered(stack: Stack, environment: string): Map<string, string> {
  const place = stack.environments[environment];
  if (!place) throw new Error(`no environment ${environment}`);
  const application = stack.create(place);
  const folder = `${application.name}/${environment}`;
  const sources = relative(join(dist, folder), application.folder).split(sep).join('/');
  return new Map(Object.entries(writtenFiles(planApplication(application, readPins(project)), sources)));
}

test('every folder of stacks/ is held against a golden file', () => {
  expect(readdirSync(join(project, 'stacks')).sort()).toEqual(Object.keys(stacks).sort());
});

describe.each(deployments)('$name in $environment', ({ stack, environment }) => {
  test('becomes the plan of the golden file', () => {
    expect(planOf(stack, environment)).toMatchSnapshot();
  });

  test('is rendered to the same bytes each time', () => {
    expect(rendered(stack, environment)).toEqual(rendered(stack, environment));
  });
});

test('every secret of a plan is a name and nowhere a value', () => {
  const references = deployments.flatMap(({ stack, environment }) => {
    const { plan } = planOf(stack, environment);
    return plan.secrets.map((name) => /^[A-Z][A-Z0-9_]*$/.test(name));
  });
  expect(new Set(references)).toEqual(new Set([true]));
});
