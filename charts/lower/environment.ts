import { contentHash } from '../../constructs/target/hash';
import { secretsOf, type Template } from '../../constructs/model/template';
import type { Workload } from '../../constructs/model/workload';
import { manifest, type Context, type Fragment } from '../context';
import { escape } from '../expansion';
import type { EnvVar } from '../manifest';

/** Names that scanners take for secrets: their plain values come from a ConfigMap, under a neutral key. */
const sensitive = /PASSWORD|SECRET|TOKEN|KEY|CREDENTIAL/i;

/** Variables of a container; secret parts come from the application's Secret by `$(NAME)` expansion. */
export function lowerEnvironment(
  environment: Workload['environment'],
  workload: Workload,
  context: Context,
): Fragment {
  const entries = Object.entries(environment);
  const paths = entries.filter(
    ([name, template]) => sensitive.test(name) && secretsOf(template).length === 0,
  );
  const data = Object.fromEntries(
    paths.map(([, template], index) => [`value-${index}`, templateText(template)]),
  );
  const config = `${workload.name}-env-${contentHash(data)}`;
  const direct = entries.filter(([, template]) => template.length === 1).map(([name]) => name);
  const helpers = [
    ...new Set(entries.flatMap(([, template]) => (template.length > 1 ? secretsOf(template) : []))),
  ]
    .filter((name) => !direct.includes(name) || !isSecretItself(environment[name], name))
    .map((name) => fromSecret(name, name, context));
  const env = entries.map(([name, template]): EnvVar => {
    const index = paths.findIndex(([path]) => path === name);
    if (index >= 0) return { name, valueFrom: { configMapKeyRef: { name: config, key: `value-${index}` } } };
    const [first] = template;
    if (template.length === 1 && first !== undefined && typeof first !== 'string')
      return fromSecret(name, first.secret, context);
    return {
      name,
      value: template.map((part) => (typeof part === 'string' ? escape(part) : `$(${part.secret})`)).join(''),
    };
  });
  // A variable can only expand those before it.
  const expanding = env.filter(({ name }) => (environment[name]?.length ?? 0) > 1);
  const ordered = [...helpers, ...env.filter((variable) => !expanding.includes(variable)), ...expanding];
  return {
    ...(ordered.length > 0 && { container: { env: ordered } }),
    ...(paths.length > 0 && {
      objects: [manifest(context, 'v1', 'ConfigMap', config, { immutable: true, data })],
    }),
  };
}

function templateText(template: Template): string {
  return template.map((part) => (typeof part === 'string' ? part : '')).join('');
}

function isSecretItself(template: Template | undefined, name: string): boolean {
  const part = template?.[0];
  return part !== undefined && typeof part !== 'string' && part.secret === name;
}

function fromSecret(name: string, key: string, { secretName }: Context): EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key } } };
}
