import { secretsOf, type Template } from '../model/template';
import type { ApplicationModel, Workload } from '../model/workload';
import type { Policy, Violation } from './policy';

export const secretsInFiles: Policy<ApplicationModel> = {
  name: 'secrets-in-files',
  rule: 'Secrets reach a program as files, not as environment variables.',
  why:
    'Every child process inherits variables, and `docker inspect` and crash reports show them. Only a file can be ' +
    'limited to one user. A component whose program reads only variables needs an exception. A variable with a URL needs none: few programs read a URL from a file.',
  sources: [
    'checkov CKV_K8S_35',
    'kube-linter read-secret-from-env-var',
    'Polaris sensitiveContainerEnvVar',
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  ],
  check: (model) => violations(model, (variable, template) => !isUrl(variable, template)),
  // Nearly every client takes the URL of its store from a variable, and from nothing else.
  advise: (model) => violations(model, isUrl),
};

function violations(
  { workloads }: ApplicationModel,
  counts: (variable: string, template: Template) => boolean,
): Violation[] {
  return workloads.flatMap((workload) =>
    Object.entries(workload.variables).flatMap(([variable, template]) =>
      counts(variable, template) ? inVariable(workload, variable, template) : [],
    ),
  );
}

function inVariable({ name: workload }: Workload, variable: string, template: Template): Violation[] {
  const secrets = secretsOf(template);
  const [first] = secrets;
  if (first === undefined) return [];
  const write =
    template.length === 1
      ? `${variable}_FILE: Secret.named('${first}').file, if the program can read a file`
      : 'it into a file, if the program can read one';
  const field = `env.${variable}`;
  const got = `the secret ${secrets.join(', ')}`;
  return [{ workload, field, got, write, sentence: `${field} contains ${got}: write ${write}` }];
}

/** Whether a variable is a URL: its text says so, or its name if the whole value is secret. */
function isUrl(variable: string, template: Template): boolean {
  return (
    template.some((part) => typeof part === 'string' && part.includes('://')) ||
    /(^|_)(URL|URI|DSN)$/i.test(variable)
  );
}
