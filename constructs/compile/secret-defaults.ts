import type { Component } from '../components/component';
import type { Issue } from '../issue';
import { componentPath, environmentPath } from '../model/path';
import { fileSecrets } from '../model/secret';
import { isUrlSafe, secretsInUrls } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import type { Secret } from '../values/secret';

/** The values of optional secrets that have none, by name. The names of secrets are sorted. */
export function secretDefaults(
  components: readonly Component[],
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const named = new Map(
    components.flatMap(({ namedSecrets }) => namedSecrets.map((one) => [one.key, one.otherwise])),
  );
  return Object.fromEntries(
    secrets.flatMap((secret) => {
      const otherwise = named.get(secret);
      return otherwise === undefined ? [] : [[secret, otherwise]];
    }),
  );
}

/** The issues of the defaults of optional secrets. */
export function secretDefaultIssues(model: ApplicationModel, components: readonly Component[]): Issue[] {
  return [...differentDefaults(model.name, components), ...unfitDefaults(model), ...defaultsInFiles(model)];
}

/** A secret with two defaults. Its source can have only one value or none. */
function differentDefaults(application: string, components: readonly Component[]): Issue[] {
  const first = new Map<string, { readonly secret: Secret; readonly component: string }>();
  return components.flatMap(({ name, namedSecrets }) =>
    namedSecrets.flatMap((secret): Issue[] => {
      const before = first.get(secret.key);
      if (before === undefined) {
        first.set(secret.key, { secret, component: name });
        return [];
      }
      if (before.secret.otherwise === secret.otherwise) return [];
      const write = 'the same in both';
      return [
        {
          path: componentPath(application, name),
          field: `secret ${secret.key}`,
          got: secret.otherwise,
          write,
          sentence:
            `the secret ${secret.key} has ${words(secret)}, and ${words(before.secret)} in ${before.component}: ` +
            `write ${write}`,
        },
      ];
    }),
  );
}

function words({ otherwise }: Secret): string {
  return otherwise === undefined ? 'no default' : `the default ${JSON.stringify(otherwise)}`;
}

function unfitDefaults(model: ApplicationModel): Issue[] {
  const inUrls = secretsInUrls(model.workloads.flatMap(({ variables }) => Object.values(variables)));
  const path = environmentPath(model.name, model.environmentName);
  return Object.entries(model.secretDefaults).flatMap(([secret, otherwise]): Issue[] => {
    const issue = (problem: string, write: string): Issue => {
      const field = `default of the secret ${secret}`;
      return { path, field, got: otherwise, write, sentence: `the ${field} ${problem}: write ${write}` };
    };
    if (/[\0\p{Cs}]/u.test(otherwise))
      return [issue('is not valid text', 'valid Unicode text without a NUL character')];
    if (otherwise === '' || !inUrls.has(secret) || isUrlSafe(otherwise)) return [];
    const problem = 'becomes a part of a URL, but contains characters that need escaping there';
    return [issue(problem, 'a default with only letters, digits and - . _ ~')];
  });
}

function defaultsInFiles({
  name: application,
  workloads,
  secretDefaults: defaults,
}: ApplicationModel): Issue[] {
  return workloads.flatMap(({ name, secretFiles }) =>
    [...new Set(fileSecrets(secretFiles))]
      .filter((secret) => Object.hasOwn(defaults, secret))
      .map((secret): Issue => {
        const write = `it in a variable, or Secret.named('${secret}') without a default`;
        const sentence = `the secret ${secret} has a default, and only a variable can have one, not a file: write ${write}`;
        return {
          path: componentPath(application, name),
          field: `secret ${secret}`,
          got: undefined,
          write,
          sentence,
        };
      }),
  );
}
