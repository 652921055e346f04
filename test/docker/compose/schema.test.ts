import { targets } from '../../../cli/targets';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { planApplication } from '../../../constructs/pipeline/plan';
import { Backend, Secret } from 'catamaran';
import { planOfApp, present } from '../../support/application';
import { interpolateByCompose } from '../../support/expansion';
import { composeSchema } from '../../support/schemas';
import { deployments, type Deployment } from '../../support/stacks';
import { composeOf } from '../../support/written';
import scanned from '../../e2e/scanned';

// Durations and ports have formats of their own, which `docker compose config` reads in the e2e tests.
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(composeSchema());

function problems(compose: unknown): string[] {
  validate(compose);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const all: readonly Deployment[] = [...deployments, { name: 'scanned', stack: scanned, environment: 'dev' }];
const onEngines = all.flatMap(({ name, stack, environment }) => {
  const place = present(stack.environments[environment]);
  return place.target === 'docker' ? [{ name, environment, application: () => stack.create(place) }] : [];
});

describe.each(onEngines)('the compose file of $name in $environment', ({ application }) => {
  const compose = composeOf(planApplication(application(), targets, new Map()));

  test('is as the schema of compose files asks', () => {
    expect(problems(compose)).toEqual([]);
  });

  test('has the alphabetical order that a linter wants', () => {
    for (const names of [
      Object.keys(compose.services),
      ...Object.values(compose.services).map((service) => Object.keys(service.depends_on ?? {})),
    ])
      expect(names).toEqual(names.toSorted((left, right) => left.localeCompare(right)));
  });
});

test('a key that the schema does not know, and a value that it does not allow, are found', () => {
  const compose = {
    name: 'shop',
    services: { api: { image: 'api:1.0', memory: 1, cap_drop: 'ALL', restart: 'no' } },
  };
  expect(problems(compose)).toEqual([
    '/services/api must NOT have additional properties',
    '/services/api/cap_drop must be array',
  ]);
});

test('two secrets may have the same value', () => {
  const planned = planOfApp((app) => {
    const env = { A_FILE: Secret.named('A').file, B_FILE: Secret.named('B').file };
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
  });
  const text = interpolateByCompose(JSON.stringify(composeOf(planned)), { A: 'same', B: 'same' });
  expect(problems(JSON.parse(text))).toEqual([]);
});

test('names are in alphabetical order, whatever characters they have', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9](\.(secrets|volumes))?$/);
  fc.assert(
    fc.property(name, name, (left, right) => {
      expect(Math.sign(left.localeCompare(right, 'en'))).toBe(left < right ? -1 : left > right ? 1 : 0);
    }),
  );
});
