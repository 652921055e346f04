import { Provider } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Deployment, SecretValues } from '../../constructs/target/deployment';
import { keyedHash } from '../../constructs/target/hash';
import { completed } from './completion';
import { applicationGroup, type ObjectGroup } from '../group';
import { fieldManager } from './hand-edits';
import { kubectlAt, type Kubectl } from './kubectl';
import { holdsData } from '../data';
import type { Manifest } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { rolledOut } from './rollout';
import { withoutHandEdits } from './without-hand-edits';
import { secretsAnnotation } from '../lower/secrets';

/** Registers the objects of a plan with Pulumi: the same that are written. */
export function applyKubernetes(plan: KubernetesPlan, deployment: Deployment<KubernetesSpec>): void {
  const { application, environment, values, command, changes, run } = deployment;
  const kubectl = kubectlAt(environment, run);
  const cluster = new Provider('cluster', {
    ...(environment.context !== undefined && { context: environment.context }),
    enableSecretMutable: true,
  });
  const options = { provider: cluster };
  // Where nothing was deployed before, a preview does not know it yet.
  const cleared = cluster.id.apply(async () => {
    // A destroy takes the objects away, with all that is in them.
    if (command !== 'destroy')
      await withoutHandEdits(application, plan, kubectl, changes ? 'take-away' : 'tell');
    return cluster;
  });
  const ready = new Map<string, Ready[]>();
  for (const group of plan.groups) {
    const dependsOn = [cleared, ...group.after.flatMap((name) => ready.get(name) ?? [])];
    ready.set(group.name, applyGroup(group, deployment, kubectl, { ...options, dependsOn }));
    if (group.name !== applicationGroup || values.kind === 'elsewhere') continue;
    if (plan.secrets.length === 0) continue;
    const own = ready.get(applicationGroup) ?? [];
    const made = applicationSecret(plan, values.secret, { ...options, dependsOn: own });
    ready.set(applicationGroup, [...own, made]);
  }
}

/** What dependents wait for. */
type Ready = pulumi.Input<pulumi.Resource>;

/** Registers the objects of a group; the last, its controller, after the others. Returns what dependents wait for. */
function applyGroup(
  group: ObjectGroup,
  { environment, values, waits }: Deployment<KubernetesSpec>,
  kubectl: Kubectl,
  options: Omit<pulumi.CustomResourceOptions, 'dependsOn'> & {
    readonly dependsOn: readonly Ready[];
  },
): Ready[] {
  const made: Ready[] = [];
  for (const object of group.objects) {
    const retainOnDelete = holdsData(object, environment);
    const inputs = replacedWith(values, group, withoutAwait(object));
    const one = new ApiObject(object, inputs, {
      ...options,
      retainOnDelete,
      dependsOn: [...options.dependsOn, ...made],
    });
    made.push(waits ? awaited(object, one, kubectl) : one);
  }
  return group.name === applicationGroup ? made : made.slice(-1);
}

function awaited(object: Manifest, made: pulumi.CustomResource, kubectl: Kubectl): Ready {
  switch (object.kind) {
    case 'Deployment':
      return rolledOut(object, made, kubectl);
    case 'Job':
      return completed(object, made, kubectl);
    default:
      return made;
  }
}

function applicationSecret(
  plan: KubernetesPlan,
  secret: (name: string) => pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const stringData = Object.fromEntries(plan.secrets.map((name) => [name, secret(name)]));
  const metadata = { name: plan.secretName, namespace: plan.namespace };
  const secretObject = { apiVersion: 'v1', kind: 'Secret', metadata } as const;
  return new ApiObject(
    secretObject,
    { ...secretObject, stringData },
    { ...options, additionalSecretOutputs: ['data', 'stringData'] },
  );
}

interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** Any object of the API, under the type that the native classes have too. */
class ApiObject extends pulumi.CustomResource {
  constructor(
    { apiVersion, kind, metadata }: ObjectName,
    inputs: pulumi.Inputs,
    options: pulumi.CustomResourceOptions,
  ) {
    const group = apiVersion === 'v1' ? 'core/v1' : apiVersion;
    const name = `${kind}/${metadata.name}`;
    super(`kubernetes:${group}:${kind}`, name, ours(inputs), options);
  }
}

/**
 * Takes an object over from an update that was interrupted before it was recorded, and fields from who edited them
 * by hand.
 */
function ours(inputs: pulumi.Inputs): pulumi.Inputs {
  const { metadata } = inputs as { metadata: { annotations?: Readonly<Record<string, string>> } };
  const annotations = {
    ...metadata.annotations,
    'pulumi.com/patchFieldManager': fieldManager,
    'pulumi.com/patchForce': 'true',
  };
  return { ...inputs, metadata: { ...metadata, annotations } };
}

/** Replaces the pods of a controller when a secret that they read has another value. */
function replacedWith(values: SecretValues, { secrets }: ObjectGroup, object: Manifest): pulumi.Inputs {
  if (values.kind === 'elsewhere' || secrets.length === 0) return object;
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet' && object.kind !== 'Job') return object;
  if (!object.spec) return object;
  const { template } = object.spec;
  const texts = pulumi.all(secrets.map(values.secret));
  const hash = pulumi.unsecret(pulumi.all([values.key, texts]).apply(([key, all]) => keyedHash(key, all)));
  const annotations = { ...template.metadata?.annotations, [secretsAnnotation]: hash };
  const metadata = { ...template.metadata, annotations };
  return { ...object, spec: { ...object.spec, template: { ...template, metadata } } };
}

const notAwaited: readonly Manifest['kind'][] = ['Deployment', 'Ingress', 'Job', 'PersistentVolumeClaim'];

// Only an address from outside is worth waiting for: a Service is ready as soon as its pods are, the address of
// an Ingress is its controller's, and a volume may be made no sooner than a pod asks for it. Deployments and Jobs are
// awaited by us.
function withoutAwait(object: Manifest): Manifest {
  const inner = object.kind === 'Service' && object.spec?.type !== 'LoadBalancer';
  if (!inner && !notAwaited.includes(object.kind)) return object;
  const annotations = { ...object.metadata.annotations, 'pulumi.com/skipAwait': 'true' };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
