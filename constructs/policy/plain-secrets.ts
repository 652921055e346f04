import { isObject } from '../model/data';
import type { PolicyText, Violation } from './policy';

/** The texts of the policy no-plain-secrets, which checks the model and the rendered objects, overrides included. */
export const plainSecrets: PolicyText = {
  name: 'no-plain-secrets',
  rule: 'If the name or the value of a variable looks like a secret, the value comes from a Secret and is not written as plain text. The same holds for the arguments of a build. A URL with a password counts as a secret.',
  why:
    'A plain value is in the repository, in the files that synth writes, and in every copy of them. So is one that an ' +
    'override adds.',
  sources: [
    'Polaris sensitiveContainerEnvVar',
    'Polaris sensitiveConfigmapContent',
    'kube-linter env-var-secret',
    'https://cwe.mitre.org/data/definitions/798.html',
  ],
};

/** Variable names whose value must be secret. */
const secretName =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** A placeholder for a password: a variable of a shell, of Kubernetes or of a template, `%s`, or `<password>`. */
const placeholder = /\$[A-Z_][A-Z0-9_]*|\$\([^()]*\)|\$?\{{1,2}[^{}]*\}{1,2}|%s|<[^<>]*>/;

/** A URL that contains a user and a password (userinfo in RFC 3986). */
const urlWithPassword = new RegExp(
  `[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s/@:]*:(?!(?:${placeholder.source})@)[^\\s/@]+@`,
);

/** A reference to another variable that Kubernetes expands, as `$(NAME)`. `$$(NAME)` is plain text. */
const expansion = /(?<!\$)\$\(\w+\)/;

/** Whether a text is a secret: its name says so, or it contains a password. */
function isSecret(name: string, text: string): boolean {
  return hasPassword(text) || (text !== '' && secretName.test(name) && !expansion.test(text));
}

function hasPassword(text: string): boolean {
  return urlWithPassword.test(text);
}

/** A violation without the secret value. The words are the same wherever a secret is found. */
type Found = Omit<Violation, 'workload'>;

/** Finds variables that hold a secret as a plain value. A Secret within a value is written as `$(NAME)` and is fine. */
export function plainVariables(variables: Readonly<Record<string, string>>): Found[] {
  return Object.entries(variables)
    .filter(([name, text]) => isSecret(name, text))
    .map(([name]) => plainValue(`env.${name}`, `Secret.named('${name}')`));
}

/** Finds optional secrets whose default is itself a secret, by the names of the secrets. */
export function plainDefaults(defaults: Readonly<Record<string, string>>): Found[] {
  return Object.entries(defaults)
    .filter(([name, text]) => isSecret(name, text))
    .map(([name]) =>
      plainValue(`the default of the secret ${name}`, `Secret.named('${name}') without a default`),
    );
}

/** Finds arguments of a build that hold a secret as a plain value. */
export function plainArguments(args: Readonly<Record<string, string>>): Found[] {
  return Object.entries(args)
    .filter(([name, text]) => isSecret(name, text))
    .map(([name]) => {
      const id = name.toLowerCase();
      const write =
        `secrets: { ${id}: Secret.named('${name}') } in Image.build, and RUN --mount=type=secret,id=${id} in the ` +
        'Dockerfile';
      const sentence = `image.args.${name} holds a secret, which stays in the history of the image: write ${write}`;
      return { field: `image.args.${name}`, got: 'a plain value', write, sentence };
    });
}

/** Finds files whose content is a secret or contains a password. */
export function plainFiles(files: Readonly<Record<string, string>>, field: string): Found[] {
  return Object.entries(files)
    .filter(([name, text]) => isSecret(name, text))
    .map(([name]) => plainValue(`${field}.${name}`, orFile));
}

/** Whether an argument of a program contains a secret, such as `--api-key=value`. */
function isSecretArgument(text: string): boolean {
  const [, name = '', value = ''] = /^--?([\w-]+)=([^$].*)$/.exec(text) ?? [];
  return isSecret(name.replaceAll('-', '_'), value);
}

/** Finds texts within data that are a secret or contain a password. Skips everything below the keys in `without`. */
export function plainTexts(data: unknown, without: readonly string[], path: readonly string[] = []): Found[] {
  if (typeof data === 'string')
    return hasPassword(data) || isSecretArgument(data) ? [plainValue(path.join('.'), orFile)] : [];
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([key, item]) =>
    without.includes(key) ? [] : plainTexts(item, without, [...path, key]),
  );
}

const orFile = 'a Secret in env of the component, or the file of a Secret';

function plainValue(field: string, write: string): Found {
  return {
    field,
    got: 'a plain value',
    write,
    sentence: `${field} holds a secret as a plain value: write ${write}`,
  };
}
