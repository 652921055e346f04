import { secretsOf } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import type { Policy } from './policy';

export const secretsInFiles: Policy<ApplicationModel> = {
  name: 'secrets-in-files',
  rule: 'Secrets reach a program as files, not as environment variables.',
  why:
    'Every child process inherits variables, and `docker inspect` and crash reports show them. Only a file can be ' +
    'limited to one user. A component whose program reads only variables needs an exception.',
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
            ? `${variable}_FILE: Secret.named('${first}').file, if the program can read a file`
            : 'it into a file, if the program can read one';
        const field = `env.${variable}`;
        const got = `the secret ${secrets.join(', ')}`;
        return [{ workload, field, got, write, sentence: `${field} contains ${got}: write ${write}` }];
      }),
    ),
};
