import { isObject } from '../constructs/model/data';
import { contentHash } from '../constructs/target/hash';
import { createOverride } from '../constructs/target/create-override';
import {
  override,
  type ComponentOverrides,
  type Override,
  type OverrideOptions,
  type Overriding,
} from '../constructs/target/override';
import type { OverriddenPlan } from '../constructs/target/target';
import { formProblems } from './form';
import { namedByContent, type Kind, type Manifest, type Rendered } from './manifest';
import type { KubernetesPlan } from './plan';

/** The options of `kubernetesObject`. */
export interface ObjectOverrideOptions<
  K extends Kind,
  Result extends Rendered<K> = Rendered<K>,
> extends OverrideOptions<Rendered<K>, Result> {
  /**
   * `metadata.name` of the object, if the component has several of the kind. Leave out the hash that some names end
   * with. @default the only object of the kind
   */
  readonly name?: string;
}

/**
 * An override of an API object of a component, for `components` of a Kubernetes environment. The result is written and
 * applied as it is, even if it is less safe.
 * @throws IssuesError if the options are not an object
 */
export function kubernetesObject<K extends Exclude<Kind, 'Namespace'>, Result extends Rendered<K>>(
  kind: K,
  options: ObjectOverrideOptions<K, Result>,
): Override<'kubernetes'> {
  return createOverride('kubernetesObject', { target: 'kubernetes', object: kind }, options);
}

/** Applies the overrides of an environment to a plan. @param path the path of the environment, such as `shop (dev)` */
export function overrideKubernetes(
  plan: KubernetesPlan,
  path: string,
  components: readonly ComponentOverrides[],
): OverriddenPlan<KubernetesPlan> {
  if (components.length === 0) return { plan, notes: [], issues: [] };
  const before = plan.groups.flatMap(({ name: workload, objects }) =>
    objects.map((object) => ({
      workload,
      object: object.kind,
      name: object.metadata.name,
      rendered: object,
    })),
  );
  const overriding: Overriding<Manifest> = { target: 'kubernetes', path, kept, check, objects: before };
  const { objects, notes, issues } = override(overriding, components);
  const after = renameByContent(
    before.map(({ rendered }) => rendered),
    objects.map(({ rendered }) => rendered),
  );
  const groups = plan.groups.map((group) => ({
    ...group,
    objects: after.filter((_, index) => before[index]?.workload === group.name),
  }));
  return { plan: { ...plan, groups }, notes, issues };
}

// Only the compiler knows the fields of API objects.
const check = (returned: object, rendered: Manifest) => formProblems(rendered, returned);

const kept = { identity: ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'], fields: [] };

/**
 * Objects of some kinds cannot be changed in the cluster, so their names end with a hash of their content. If an override
 * has changed such an object, this gives it a new name, and writes the new name into all objects that refer to it.
 */
function renameByContent(before: readonly Manifest[], after: readonly Manifest[]): readonly Manifest[] {
  return namedByContent.reduce((objects, kind) => {
    const changed = objects.flatMap((object, index) => {
      const old = before[index];
      return object.kind === kind && old ? renamed(old, object) : [];
    });
    return changed.length === 0 ? objects : objects.map((object) => replaced(object, new Map(changed)));
  }, after);
}

function renamed(before: Manifest, after: Manifest): [string, string][] {
  const { name } = before.metadata;
  const [old, digest] = [contentHash(contentOf(before)), contentHash(contentOf(after))];
  return name.endsWith(`-${old}`) && old !== digest ? [[name, `${name.slice(0, -old.length)}${digest}`]] : [];
}

function contentOf(object: Manifest): unknown {
  switch (object.kind) {
    case 'ConfigMap':
      return object.data;
    case 'Job':
      return object.spec?.template;
    default:
      return object;
  }
}

function replaced<Data>(data: Data, texts: ReadonlyMap<string, string>): Data {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return texts.has(value) ? texts.get(value) : value;
    if (Array.isArray(value)) return value.map(replace);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
  };
  return replace(data) as Data;
}
