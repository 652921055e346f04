import { dockerTarget } from '../../docker/target';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { composeSchema, publishedSchema } from '../support/schemas';
import { carriers, validOn } from './application';
import { backwards } from './backwards';
import { plannedOf, type Written } from './outcome';
import { holds } from './runs';

/** Does something as in another place of the world, and another folder. */
function elsewhere<Result>(action: () => Result): Result {
  const { TZ } = process.env;
  const folder = process.cwd();
  process.env['TZ'] = 'Pacific/Kiritimati';
  process.chdir(tmpdir());
  try {
    return action();
  } finally {
    process.chdir(folder);
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  }
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const compose = ajv.compile(composeSchema());
const published: Readonly<Record<string, ValidateFunction>> = {
  'argoproj.io/v1alpha1 Application': ajv.compile(publishedSchema('argo-cd-application', 'v1alpha1')),
  'kustomize.toolkit.fluxcd.io/v1 Kustomization': ajv.compile(publishedSchema('flux-kustomization', 'v1')),
};
const kinds = Object.keys(published).map((name) => name.replace(/.* /, ''));
const validated = new Set<string>();

function problems(kind: string, validate: ValidateFunction, data: unknown): string[] {
  validated.add(kind);
  validate(data);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What the schemas that are here say of what is written; the e2e tests ask those of Kubernetes. */
function problemsOf({ planned, files }: Written): string[] {
  if (planned.target === dockerTarget)
    return problems('compose', compose, parse(files['compose.yaml'] ?? ''));
  // To read every file as YAML takes longer than all else.
  const asked = Object.values(files).filter((text) => kinds.some((kind) => text.includes(`kind: ${kind}\n`)));
  return asked.flatMap((text) =>
    parseAllDocuments(text).flatMap((document) => {
      const object = document.toJS() as { readonly apiVersion: string; readonly kind: string };
      const kind = `${object.apiVersion} ${object.kind}`;
      const validate = published[kind];
      return validate ? problems(kind, validate, object) : [];
    }),
  );
}

describe.each(carriers)('an application that nothing is wrong with, on %s,', (carrier) => {
  test('is written as the schemas ask, and is the same bytes anywhere, in whatever order its props are given', () => {
    holds(
      100,
      fc.property(validOn(carrier), (description) => {
        const written = plannedOf(description);
        expect(problemsOf(written)).toEqual([]);
        expect(elsewhere(() => plannedOf(description)).files).toEqual(written.files);
        expect(plannedOf(backwards(description)).files).toEqual(written.files);
      }),
    );
  });
});

test('some of these applications had every kind that there is a schema of', () => {
  expect([...validated].sort()).toEqual([...Object.keys(published), 'compose'].sort());
});

test.each(['tr_TR.UTF-8', 'C', 'lt_LT.ISO-8859-13'])(
  'every stack is the same bytes in another process, of locale %s',
  (locale) => {
    const root = resolve(__dirname, '../..');
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'lib/cli/main.js'), 'synth', '--check'],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: locale, LANG: locale, TZ: 'Asia/Kathmandu' },
      },
    );
    expect({ status, last: stdout.trim().split('\n').at(-1) }).toEqual({
      status: 0,
      last: 'dist is up to date',
    });
  },
);
