import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { composeSchema, publishedSchema } from '../support/schemas';
import { carriers, validOn } from './application';
import { plannedOf, type Written } from './outcome';
import { holds } from './runs';

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const compose = ajv.compile(composeSchema());
const published: Readonly<Record<string, ValidateFunction>> = {
  'argoproj.io/v1alpha1 Application': ajv.compile(publishedSchema('argo-cd-application', 'v1alpha1')),
  'kustomize.toolkit.fluxcd.io/v1 Kustomization': ajv.compile(publishedSchema('flux-kustomization', 'v1')),
};

function problems(validate: ValidateFunction, data: unknown): string[] {
  validate(data);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What the schemas that are here say of what is written; the e2e tests ask those of Kubernetes. */
function problemsOf({ planned, files }: Written): string[] {
  if (planned.plan.target === 'docker') return problems(compose, parse(files['compose.yaml'] ?? ''));
  return Object.values(files).flatMap((text) =>
    parseAllDocuments(text).flatMap((document) => {
      const object = document.toJS() as { readonly apiVersion: string; readonly kind: string };
      const validate = published[`${object.apiVersion} ${object.kind}`];
      return validate ? problems(validate, object) : [];
    }),
  );
}

describe.each(carriers)('an application that nothing is wrong with, on %s,', (carrier) => {
  test('is planned and written, as the schemas ask', () => {
    holds(
      100,
      fc.property(validOn(carrier), (description) => {
        expect(problemsOf(plannedOf(description))).toEqual([]);
      }),
    );
  });
});
