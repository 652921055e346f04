import { Provider } from '@pulumi/kubernetes/provider';
import * as pulumi from '@pulumi/pulumi';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Deployment, SecretValues } from '../../constructs/target/deployment';
import { keyedHash } from '../../constructs/target/hash';
import { completed } from './completion';
import { warnOfFixedFields } from './fixed-fields';
import { applicationGroup, volumesGroup, type ObjectGroup, type OwnGroup } from '../group';
import { comesLast, takesOwnData } from '../own';
import { fieldManager } from './hand-edits';
import { kubectlAt, type Kubectl } from './kubectl';
import { liveObjects } from './live';
import { holdsData } from '../data';
import type { Manifest } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { rolledOut } from './rollout';
import { withoutHandEdits } from './without-hand-edits';
import { secretsAnnotation } from '../lower/secrets';

/** Registers the objects of a plan with Pulumi. They are the same objects that `synth` writes. */
export function applyKubernetes(plan: KubernetesPlan, deployment: Deployment<KubernetesSpec>): void {
  const { application, environment, values, command, changes, run } = deployment;
  const kubectl = kubectlAt(environment, run);
  const cluster = new Provider('cluster', {
    ...(environment.context !== undefined && { context: environment.context }),
    enableSecretMutable: true,
  });
  const options = { provider: cluster };
  // In a preview before the first update, the id is unknown and this code does not run.
  const cleared = cluster.id.apply(async () => {
    // A destroy deletes the objects, so there is no need to remove edits from them.
    if (command === 'destroy') return cluster;
    const live = await liveObjects(application, kubectl);
    await warnOfFixedFields(live, plan);
    await withoutHandEdits(live, plan, kubectl, changes ? 'remove' : 'warn');
    return cluster;
  });
  const ready = new Map<string, Ready[]>();
  const before = (after: readonly string[]) => [cleared, ...after.flatMap((name) => ready.get(name) ?? [])];
  const applyOwn = (group: OwnGroup) => {
    ready.set(group.name, ownResources(group, environment, { ...options, dependsOn: before(group.after) }));
  };
  // The namespace comes first, so that the own objects of the groups before the components can be in it.
  const [first, ...workloads] = plan.groups;
  const early = plan.own.filter((group) => !comesLast(group));
  for (const group of [...(first ? [first] : []), ...early, ...workloads]) {
    if (!('secrets' in group)) {
      applyOwn(group);
      continue;
    }
    const dependsOn = before(group.after);
    const made = applyGroup(group, deployment, kubectl, { ...options, dependsOn });
    const hasSecret = group.name === applicationGroup && plan.secrets.length > 0;
    const secret =
      hasSecret && values.kind === 'known'
        ? [applicationSecret(plan, values.secret, { ...options, dependsOn: made })]
        : [];
    ready.set(group.name, [...made, ...secret]);
  }
  for (const group of plan.own.filter(comesLast)) applyOwn(group);
}

/** Registers the objects of the stack's own manifests. Nothing is known of them, so nothing waits until they are ready. */
function ownResources(
  { objects }: OwnGroup,
  environment: KubernetesSpec,
  options: pulumi.CustomResourceOptions,
): Ready[] {
  return objects.map((object) => {
    const annotations = { ...object.metadata.annotations, 'pulumi.com/skipAwait': 'true' };
    // The kinds of a definition exist once the cluster has established it.
    const awaits = object.kind === 'CustomResourceDefinition';
    const inputs = awaits ? object : { ...object, metadata: { ...object.metadata, annotations } };
    return new ApiObject(object, inputs, { ...options, retainOnDelete: takesOwnData(object, environment) });
  });
}

/** A resource that dependents wait for. */
type Ready = pulumi.Input<pulumi.Resource>;

/**
 * Registers the objects of a group, one after the other. The last one is the controller of the workload, such as a
 * Deployment. Returns what dependents wait for.
 */
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
    const inputs = withSecretsHash(values, group, withoutAwait(object));
    const one = new ApiObject(object, inputs, {
      ...options,
      retainOnDelete,
      dependsOn: [...options.dependsOn, ...made],
    });
    made.push(waits ? awaited(object, one, kubectl) : one);
  }
  return [applicationGroup, volumesGroup].includes(group.name) ? made : made.slice(-1);
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
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object of the Kubernetes API of any kind, with the same Pulumi type as in the classes of `@pulumi/kubernetes`. */
class ApiObject extends pulumi.CustomResource {
  constructor(
    { apiVersion, kind, metadata }: ObjectName,
    inputs: pulumi.Inputs,
    options: pulumi.CustomResourceOptions,
  ) {
    const group = apiVersion === 'v1' ? 'core/v1' : apiVersion;
    const name = `${kind}/${metadata.name}`;
    super(`kubernetes:${group}:${kind}`, name, withForcedOwnership(inputs), options);
  }
}

/**
 * Makes Pulumi take over an object that exists already, and fields that somebody else has set. This is needed after an
 * interrupted update, which does not record what it has created, and after edits by hand.
 */
function withForcedOwnership(inputs: pulumi.Inputs): pulumi.Inputs {
  const { metadata } = inputs as { metadata: { annotations?: Readonly<Record<string, string>> } };
  const annotations = {
    ...metadata.annotations,
    'pulumi.com/patchFieldManager': fieldManager,
    'pulumi.com/patchForce': 'true',
  };
  return { ...inputs, metadata: { ...metadata, annotations } };
}

/** Adds an annotation to the pods of a controller, so that they are replaced when a secret that they read changes. */
function withSecretsHash(values: SecretValues, { secrets }: ObjectGroup, object: Manifest): pulumi.Inputs {
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

// Pulumi must wait only for the address of a load balancer. Other Services are ready when their pods are. An Ingress may
// never get an address of its own. A volume may be created only when a pod uses it. For Deployments and Jobs, this
// program waits itself, because it can report more than the provider.
function withoutAwait(object: Manifest): Manifest {
  const inner = object.kind === 'Service' && object.spec?.type !== 'LoadBalancer';
  if (!inner && !notAwaited.includes(object.kind)) return object;
  const annotations = { ...object.metadata.annotations, 'pulumi.com/skipAwait': 'true' };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
