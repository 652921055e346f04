import { secretsOf } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import type { Policy } from './policy';

/** Secrets reach a program as files that it alone can read. */
export const secretsInFiles: Policy<ApplicationModel> = {
  name: 'secrets-in-files',
  rule: 'Secrets reach a program as files, not as environment variables.',
  why:
    'Variables are inherited by every child process, are shown by `docker inspect` and by crash reports, and cannot ' +
    'be read by one user alone. A program that can read nothing else says so with an exception.',
  sources: [
    'checkov CKV_K8S_35',
    'kube-linter read-secret-from-env-var',
    'Polaris sensitiveContainerEnvVar',
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  ],
  check: ({ workloads }) =>
    workloads.flatMap(({ name: workload, variables }) =>
      Object.entries(variables).flatMap(([variable, template]) => {
        const secrets = secretsOf(template);
        if (secrets.length === 0) return [];
        const [first = ''] = secrets;
        const write =
          template.length === 1
            ? `${variable}_FILE: Secret.named('${first}').file, where the program can read a file`
            : 'it as a file, where the program can read one';
        return [{ workload, field: `env.${variable}`, got: `the secret ${secrets.join(', ')}`, write }];
      }),
    ),
};
