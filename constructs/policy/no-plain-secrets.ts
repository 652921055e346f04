import { fillTemplate, secretsOf } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import type { Policy } from './policy';

/** Names that a value of which is secret has, whatever it is. */
const secretName =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** A user and a password within a URL (RFC 3986, userinfo). */
const urlWithPassword = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;

/** What looks like a secret is one. */
export const noPlainSecrets: Policy<ApplicationModel> = {
  name: 'no-plain-secrets',
  rule: 'A variable whose name or value is that of a secret holds a secret, not a plain value.',
  why: 'A plain value is in the repository, in what synth writes, in the golden files, and in every copy of them.',
  sources: [
    'Polaris sensitiveContainerEnvVar',
    'Polaris sensitiveConfigmapContent',
    'kube-linter env-var-secret',
    'https://cwe.mitre.org/data/definitions/798.html',
  ],
  check: ({ workloads }) =>
    workloads.flatMap(({ name: workload, environment }) =>
      Object.entries(environment).flatMap(([variable, template]) => {
        const text = fillTemplate(template, new Map());
        if (secretsOf(template).length > 0 || text === '') return [];
        if (!secretName.test(variable) && !urlWithPassword.test(text)) return [];
        return [
          { workload, field: `env.${variable}`, got: 'a plain value', write: `Secret.named('${variable}')` },
        ];
      }),
    ),
};
