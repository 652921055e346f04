import fc from 'fast-check';
import { Backend } from 'catamaran';
import { planKubernetes } from '../../../charts/plan';
import { composeFiles } from '../../../docker/compose/compose';
import { planDocker } from '../../../docker/plan';
import type { ManifestOf } from '../../../charts/manifest';
import { renderTemplate, secretsOf, type Template } from '../../../constructs/model/template';
import type { ApplicationModel, Workload } from '../../../constructs/model/workload';
import { parse } from 'yaml';
import { modelOfApp, onKubernetes, present } from '../../support/application';
import { expandByKubelet, interpolateByCompose, kubeletEnvironment } from '../../support/expansion';
import type { Compose } from '../../support/written';

const place = onKubernetes;
const base = modelOfApp((app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }));

/** Secrets whose values look like what the targets expand. */
const secrets = { S_ONE: '$(S_TWO)$$', S_TWO: '${S_ONE} $x', S_THREE: 'plain' };

const piece = fc.oneof(
  fc.constantFrom(
    '$',
    '$$',
    '$(',
    '$(S_ONE)',
    '${S_ONE}',
    '$S_ONE',
    '${',
    '}',
    ')',
    '(',
    '$ ',
    ':?',
    '\\$',
    '\n',
  ),
  fc.constantFrom('$(A)', '$(UNKNOWN)', '${A:-b}', '$$(A)', '$$$(A)', '"', "'", '#', 'yes', ''),
  // Where a dollar sign comes before it, the kubelet breaks what is not ASCII: see the report of the tests.
  fc.string({ maxLength: 8 }),
);
const plainText = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

/** A text before a secret that does not end in a dollar sign. */
const before = plainText.map((text) => text.replace(/\$+$/, ''));
const template: fc.Arbitrary<Template> = fc.oneof(
  plainText.map((text) => [text]),
  fc.constantFrom(...Object.keys(secrets)).map((secret) => [{ secret }]),
  fc
    .array(fc.tuple(before, fc.constantFrom(...Object.keys(secrets))), { minLength: 1, maxLength: 3 })
    .chain((pairs) =>
      plainText.map((end): Template => [...pairs.flatMap(([text, secret]) => [text, { secret }]), end]),
    ),
);
const environment = fc.dictionary(fc.stringMatching(/^[A-R][A-Z_]{0,8}$/), template, {
  maxKeys: 5,
  noNullPrototype: true,
});

function withEnvironment(variables: Workload['variables']): ApplicationModel {
  const names = Object.values(variables).flatMap(secretsOf);
  return {
    ...base,
    secrets: [...new Set(names)],
    workloads: base.workloads.map((workload) => ({ ...workload, variables })),
  };
}

/** What a program is meant to see. */
function meant(variables: Workload['variables']): Record<string, string> {
  const value = (name: string) => present(Object.entries(secrets).find(([key]) => key === name))[1];
  return Object.fromEntries(
    Object.entries(variables).map(([name, parts]) => [name, renderTemplate(parts, (text) => text, value)]),
  );
}

function seenInPod(variables: Workload['variables']): Record<string, string> {
  const objects = planKubernetes(withEnvironment(variables), place).groups.flatMap((group) => group.objects);
  const deployment = present(
    objects.find((object): object is ManifestOf<'Deployment'> => object.kind === 'Deployment'),
  );
  const maps = objects.filter((object): object is ManifestOf<'ConfigMap'> => object.kind === 'ConfigMap');
  const data = Object.fromEntries(maps.map((map) => [map.metadata.name, map.data ?? {}]));
  const [container] = deployment.spec?.template.spec?.containers ?? [];
  const seen = kubeletEnvironment(container?.env ?? [], secrets, data);
  // The secrets that a variable is made of are there as well.
  return Object.fromEntries(Object.entries(seen).filter(([name]) => name in variables));
}

function seenInContainer(variables: Workload['variables']): Record<string, string> {
  const files = composeFiles(planDocker(withEnvironment(variables), { services: {} }), '', '');
  const compose = parse(present(files['compose.yaml'])) as Compose;
  const env = compose.services['api']?.environment ?? {};
  return Object.fromEntries(
    Object.entries(env).map(([name, text]) => [name, interpolateByCompose(text, secrets)]),
  );
}

test('a program in a pod sees the value that was given, whatever it looks like', () => {
  fc.assert(
    fc.property(environment, (variables) => {
      expect(seenInPod(variables)).toEqual(meant(variables));
    }),
    { numRuns: 500 },
  );
});

test('a program in a container of compose sees the value that was given, whatever it looks like', () => {
  fc.assert(
    fc.property(environment, (variables) => {
      expect(seenInContainer(variables)).toEqual(meant(variables));
    }),
    { numRuns: 500 },
  );
});

test('both targets give a program the same words, whatever they look like', () => {
  fc.assert(
    fc.property(fc.array(plainText, { minLength: 1, maxLength: 3 }), (words) => {
      const model = {
        ...base,
        workloads: base.workloads.map((workload) => ({ ...workload, entrypoint: words, arguments: words })),
      };
      const objects = planKubernetes(model, place).groups.flatMap((group) => group.objects);
      const deployment = present(
        objects.find((object): object is ManifestOf<'Deployment'> => object.kind === 'Deployment'),
      );
      const [container] = deployment.spec?.template.spec?.containers ?? [];
      const compose = parse(
        present(composeFiles(planDocker(model, { services: {} }), '', '')['compose.yaml']),
      ) as Compose;
      const variables = { A: 'expanded', S_ONE: 'expanded' };
      for (const seen of [container?.command, container?.args])
        expect(seen?.map((word) => expandByKubelet(word, variables))).toEqual(words);
      const { entrypoint, command } = present(compose.services['api']);
      for (const seen of [entrypoint, command])
        expect(seen?.map((word) => interpolateByCompose(word, variables))).toEqual(words);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['$(A)', 'expanded'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$expanded'],
  ['$(B)', '$(B)'],
  ['$(A', '$(A'],
  ['$', '$'],
  ['$$', '$'],
  ['$A', '$A'],
])('the kubelet of these tests expands %s as the documentation says: %s', (text, expanded) => {
  expect(expandByKubelet(text, { A: 'expanded' })).toBe(expanded);
});

test.each([
  ['${A}', 'interpolated'],
  ['${A:?is missing}', 'interpolated'],
  ['$A', 'interpolated'],
  ['$$A', '$A'],
  ['$$$A', '$interpolated'],
  ['$B', ''],
])('the compose of these tests interpolates %s as the documentation says: %s', (text, interpolated) => {
  expect(interpolateByCompose(text, { A: 'interpolated' })).toBe(interpolated);
});
