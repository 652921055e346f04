import { contentHash } from '../../constructs/target/hash';
import { fillTemplate, renderTemplate, secretsOf, type Template } from '../../constructs/model/template';
import type { Workload } from '../../constructs/model/workload';
import { manifest, type Context, type Fragment } from './context';
import { escape } from './expansion';
import { secretOf } from './secrets';
import type { EnvVar } from '../manifest';

/**
 * The names of variables that security scanners think are secrets. If the value of such a variable is not secret, it comes
 * from a ConfigMap, under a neutral key, so that scanners do not report it.
 */
const secretLike = /PASSWORD|SECRET|TOKEN|KEY|CREDENTIAL/i;

/**
 * The environment variables of a container. Secrets within a value come from the application's Secret, as `$(NAME)`.
 */
export function lowerEnvironment(environment: Workload['variables'], workload: Workload, context: Context) {
  const entries = Object.entries(environment);
  if (entries.length === 0) return {};
  const paths = entries.filter(
    ([name, template]) => secretLike.test(name) && secretsOf(template).length === 0,
  );
  const data = Object.fromEntries(
    paths.map(([, template], index) => [`value-${index}`, fillTemplate(template, new Map())]),
  );
  const config = `${workload.name}-env-${contentHash(data)}`;
  const helpers = helperNames(environment);
  const env = entries.map(([name, template]): EnvVar => {
    const index = paths.findIndex(([path]) => path === name);
    if (index >= 0) return { name, valueFrom: { configMapKeyRef: { name: config, key: `value-${index}` } } };
    const [first] = template;
    if (template.length === 1 && first !== undefined && typeof first !== 'string')
      return fromSecret(name, first.secret, context);
    return {
      name,
      value: renderTemplate(template, escape, (secret) => `$(${helpers.get(secret) ?? secret})`),
    };
  });
  // `$(NAME)` works only for variables that come earlier in the list.
  const expanding = env.filter(({ name }) => (environment[name]?.length ?? 0) > 1);
  const added = [...helpers].filter(([, helper]) => environment[helper] === undefined);
  const ordered = [
    ...added.map(([secret, helper]) => fromSecret(helper, secret, context)),
    ...env.filter((variable) => !expanding.includes(variable)),
    ...expanding,
  ];
  const objects =
    paths.length > 0 ? [manifest(context, 'v1', 'ConfigMap', config, { immutable: true, data })] : [];
  const defaults = defaultsOf(ordered, context);
  if (Object.keys(defaults).length === 0) return { container: { env: ordered }, objects } satisfies Fragment;
  // Variables in `env` replace those of `envFrom`, but a key that the Secret does not have replaces nothing.
  const otherwise = `${workload.name}-defaults-${contentHash(defaults)}`;
  return {
    container: { env: ordered, envFrom: [{ configMapRef: { name: otherwise } }] },
    objects: [
      ...objects,
      manifest(context, 'v1', 'ConfigMap', otherwise, { immutable: true, data: defaults }),
    ],
  } satisfies Fragment;
}

/** The values of variables whose secret is optional, where the Secret has no key for them. */
function defaultsOf(env: readonly EnvVar[], { model }: Context): Record<string, string> {
  return Object.fromEntries(
    env.flatMap(({ name, valueFrom }) => {
      const otherwise = model.secretDefaults[valueFrom?.secretKeyRef?.key ?? ''];
      return otherwise === undefined ? [] : [[name, otherwise]];
    }),
  );
}

/**
 * For each secret that is only a part of a variable: the name of a helper variable whose whole value is the secret. If the
 * workload has such a variable with the name of the secret, it is used. Otherwise, one with an unused name is added.
 */
function helperNames(environment: Workload['variables']): Map<string, string> {
  const embedded = Object.values(environment).flatMap((template) =>
    template.length > 1 ? secretsOf(template) : [],
  );
  return new Map(
    embedded.map((secret) => {
      let name = secret;
      while (environment[name] !== undefined && !isSecretItself(environment[name], secret)) name = `${name}_`;
      return [secret, name];
    }),
  );
}

function isSecretItself(template: Template | undefined, secret: string): boolean {
  const [part, ...others] = template ?? [];
  return others.length === 0 && typeof part === 'object' && part.secret === secret;
}

function fromSecret(name: string, key: string, context: Context): EnvVar {
  const secretKeyRef = { name: secretOf(key, context), key };
  if (!Object.hasOwn(context.model.secretDefaults, key)) return { name, valueFrom: { secretKeyRef } };
  return { name, valueFrom: { secretKeyRef: { ...secretKeyRef, optional: true } } };
}
