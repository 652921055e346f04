import { Provider } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';
import type { KubernetesPlace } from '../constructs/environment';
import type { Manifest } from './manifest';
import { applicationGroup, type KubernetesPlan, type ObjectGroup } from './plan';

/** What a plan leaves open until it is applied. */
export interface KubernetesDeployment {
  readonly place: KubernetesPlace;
  readonly secret: (name: string) => pulumi.Output<string>;
}

/** Registers the objects of a plan with Pulumi: the same that are written. */
export function applyKubernetes(plan: KubernetesPlan, { place, secret }: KubernetesDeployment): void {
  const cluster = new Provider('cluster', {
    ...(place.context !== undefined && { context: place.context }),
    enableSecretMutable: true,
  });
  const options = { provider: cluster };
  const ready = new Map<string, pulumi.Resource[]>();
  for (const group of plan.groups) {
    const dependsOn = group.after.flatMap((name) => ready.get(name) ?? []);
    ready.set(group.name, applyGroup(group, place, { ...options, dependsOn }));
    if (group.name !== applicationGroup || place.secrets.kind === 'existing-secret') continue;
    if (plan.secrets.length === 0) continue;
    const own = ready.get(applicationGroup) ?? [];
    const made = applicationSecret(plan, secret, { ...options, dependsOn: own });
    ready.set(applicationGroup, [...own, made]);
  }
}

/** Registers the objects of a group; the last, its controller, after the others. Returns what dependents wait for. */
function applyGroup(
  { name, objects }: ObjectGroup,
  place: KubernetesPlace,
  options: Omit<pulumi.CustomResourceOptions, 'dependsOn'> & {
    readonly dependsOn: readonly pulumi.Resource[];
  },
): pulumi.Resource[] {
  const made: pulumi.Resource[] = [];
  for (const object of objects) {
    // The namespace takes all data with it.
    const retainOnDelete = object.kind === 'Namespace' && place.data === 'keep';
    made.push(
      new ApiObject(object, { ...options, retainOnDelete, dependsOn: [...options.dependsOn, ...made] }),
    );
  }
  return name === applicationGroup ? made : made.slice(-1);
}

function applicationSecret(
  plan: KubernetesPlan,
  secret: (name: string) => pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const stringData = Object.fromEntries(plan.secrets.map((name) => [name, secret(name)]));
  const metadata = { name: plan.secretName, namespace: plan.namespace };
  return new ApiObject(
    { apiVersion: 'v1', kind: 'Secret', metadata, stringData },
    {
      ...options,
      additionalSecretOutputs: ['data', 'stringData'],
    },
  );
}

interface ApplicationSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly stringData: Readonly<Record<string, pulumi.Output<string>>>;
}

/** Any object of the API, under the type that the native classes have too. */
class ApiObject extends pulumi.CustomResource {
  constructor(object: Manifest | ApplicationSecret, options: pulumi.CustomResourceOptions) {
    const group = object.apiVersion === 'v1' ? 'core/v1' : object.apiVersion;
    const name = `${object.kind}/${object.metadata.name}`;
    super(`kubernetes:${group}:${object.kind}`, name, withoutAwait(object), options);
  }
}

// Only an address from outside is worth waiting for: a Service is ready as soon as its pods are.
function withoutAwait(object: Manifest | ApplicationSecret): pulumi.Inputs {
  if (object.kind !== 'Service' || object.spec?.type === 'LoadBalancer') return object;
  const annotations = { ...object.metadata.annotations, 'pulumi.com/skipAwait': 'true' };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
