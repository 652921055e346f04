import type { PolicyText, Violation } from './policy';

/** What no-plain-secrets says, of the model and of what each target makes of it with overrides. */
export const plainSecrets: PolicyText = {
  name: 'no-plain-secrets',
  rule: 'A variable whose name or value is that of a secret holds a secret, not a plain value; so does a URL with a password.',
  why:
    'A plain value is in the repository, in what synth writes, in the golden files, and in every copy of them; one ' +
    'that an override brings as well.',
  sources: [
    'Polaris sensitiveContainerEnvVar',
    'Polaris sensitiveConfigmapContent',
    'kube-linter env-var-secret',
    'https://cwe.mitre.org/data/definitions/798.html',
  ],
};

/** Names that a value of which is secret has, whatever it is. */
const secretName =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** What stands in the place of a password: a variable of a shell, of Kubernetes or of a template, `%s`, `<password>`. */
const placeholder = /\$[A-Z_][A-Z0-9_]*|\$\([^()]*\)|\$?\{{1,2}[^{}]*\}{1,2}|%s|<[^<>]*>/;

/** A user and a password within a URL (RFC 3986, userinfo). */
const urlWithPassword = new RegExp(
  `[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s/@:]*:(?!(?:${placeholder.source})@)[^\\s/@]+@`,
);

/** Another variable, as Kubernetes takes it into a value; twice the $ is the text itself. */
const expansion = /(?<!\$)\$\(\w+\)/;

/** Whether a text is a secret by its name, or by itself. */
function isSecret(name: string, text: string): boolean {
  return hasPassword(text) || (text !== '' && secretName.test(name) && !expansion.test(text));
}

function hasPassword(text: string): boolean {
  return urlWithPassword.test(text);
}

/** What is wrong, without the value; a variable is found in the same words wherever it is looked for. */
type Found = Omit<Violation, 'workload'>;

/** The variables that hold a secret as a plain value. Secrets in their texts are expansions, as `$(NAME)`. */
export function plainVariables(variables: Readonly<Record<string, string>>): Found[] {
  return Object.entries(variables)
    .filter(([name, text]) => isSecret(name, text))
    .map(([name]) => ({ field: `env.${name}`, got: 'a plain value', write: `Secret.named('${name}')` }));
}

/** The files that hold a secret as their content, or a password within it. */
export function plainFiles(files: Readonly<Record<string, string>>, field: string): Found[] {
  return Object.entries(files)
    .filter(([name, text]) => isSecret(name, text))
    .map(([name]) => plainValue(`${field}.${name}`));
}

/** Whether an argument of a program names a secret and has it, as `--api-key=value`. */
function isSecretArgument(text: string): boolean {
  const [, name = '', value = ''] = /^--?([\w-]+)=([^$].*)$/.exec(text) ?? [];
  return isSecret(name.replaceAll('-', '_'), value);
}

/** The texts of any data that are a secret or have a password within them, by their paths, without those below some keys. */
export function plainTexts(data: unknown, without: readonly string[], path: readonly string[] = []): Found[] {
  if (typeof data === 'string')
    return hasPassword(data) || isSecretArgument(data) ? [plainValue(path.join('.'))] : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, item]) =>
    without.includes(key) ? [] : plainTexts(item, without, [...path, key]),
  );
}

function plainValue(field: string): Found {
  return { field, got: 'a plain value', write: 'a Secret in env of the component, or the file of one' };
}
