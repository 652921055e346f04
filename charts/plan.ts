import type { KubernetesSpec, UserIds } from '../constructs/environment/kubernetes';
import type { ApplicationModel, Workload } from '../constructs/model/workload';
import { usedSecrets, type EncryptedSecret } from '../constructs/model/secret';
import { statedRights, type StatedByName } from '../constructs/policy/stated';
import { render, type LoweringTable } from '../constructs/target/lowering';
import {
  isCarriedByCluster,
  manifest,
  priorityClassName,
  type Context,
  type Fragment,
} from './lower/context';
import { controller } from './controller';
import { deliver } from './delivery/deliver';
import { applicationGroup, volumesGroup, type DeliveryFile, type ObjectGroup, type OwnGroup } from './group';
import { groupsBefore, ownGroups } from './own';
import type { Manifest } from './manifest';
import { clusterProxyObjects } from './proxy/objects';
import { applicationSecret, secretObjects } from './lower/secrets';
import { sharedClaims } from './lower/shared-volumes';
import { kubernetesTable } from './lower/table';
import { levelOf } from './pod-security';

/** The API objects of an application in a cluster. The groups are in start order. */
export interface KubernetesPlan {
  readonly target: 'kubernetes';
  readonly namespace: string;
  /** Who chooses the ids of the users that pods run as. */
  readonly userIds: UserIds;
  /** What the components state about the rights of their programs. */
  readonly stated: StatedByName;
  readonly secretName: string;
  readonly secrets: readonly string[];
  readonly groups: readonly ObjectGroup[];
  /** The objects of the stack's own manifests. */
  readonly own: readonly OwnGroup[];
  /** Encrypted secrets, which only a GitOps controller can decrypt. Pulumi does not apply them: it sets the values itself. */
  readonly encrypted: readonly EncryptedSecret[];
  /** The files that configure a GitOps controller. If there are any, only the controller may apply the groups. */
  readonly delivery: readonly DeliveryFile[];
}

/** The name of a component cannot contain a dot, so no component has this name. */
const defaultDeny = 'default.deny';

/** The API objects of an application. Pure: the same model gives the same plan. */
export function planKubernetes(model: ApplicationModel, environment: KubernetesSpec): KubernetesPlan {
  const secretName = applicationSecret(model.name, environment);
  const context: Context = { model, environment, secretName };
  const own = { name: applicationGroup, objects: applicationObjects(context), after: [], secrets: [] };
  const foreign = ownGroups(model.manifests, model.workloads);
  const first = [applicationGroup, ...groupsBefore(foreign)];
  const claims = sharedClaims(context);
  const volumes = { name: volumesGroup, objects: claims, after: first, secrets: [] };
  const workloads = model.workloads.map((workload) => ({
    name: workload.name,
    objects: workloadObjects(workload, context),
    after: [
      ...first,
      ...(workload.sharedVolumes.length > 0 ? [volumesGroup] : []),
      ...workload.after.map((dependency) => dependency.workload),
    ],
    secrets: usedSecrets(workload),
  }));
  return {
    target: 'kubernetes',
    namespace: environment.namespace,
    userIds: environment.userIds,
    stated: statedRights(model),
    secretName,
    secrets: model.secrets,
    ...deliver([own, ...(claims.length > 0 ? [volumes] : []), ...workloads], foreign, context),
    encrypted: model.encrypted.kind === 'sops-secret' ? [model.encrypted.object] : [],
  };
}

function applicationObjects(context: Context): Manifest[] {
  const { namespace } = context.environment;
  // What an application states is no surprise, so nobody is warned of it.
  const level = levelOf(context.model, context.environment);
  const security = Object.fromEntries(
    ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]),
  );
  return [
    manifest(context, 'v1', 'Namespace', namespace, {}, security),
    // 0 is the priority of pods without a class, so that no other pod is evicted for these.
    manifest(context, 'scheduling.k8s.io/v1', 'PriorityClass', priorityClassName(context), {
      value: 0,
      description: `Pods of ${context.model.name} in ${namespace}.`,
    }),
    manifest(context, 'networking.k8s.io/v1', 'NetworkPolicy', defaultDeny, {
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }),
    ...secretObjects(context),
  ];
}

function workloadObjects(workload: Workload, context: Context): Manifest[] {
  if (isCarriedByCluster(context, workload)) return clusterProxyObjects(workload, context);
  const whole = render<Context, LoweringTable<Fragment, Context, KubernetesSpec>>(
    kubernetesTable,
    workload,
    context,
  );
  return unique([...(whole.objects ?? []), controller(workload, whole, context)]);
}

// Two folders with the same files have the same ConfigMap, which is rendered once for each folder.
function unique(objects: readonly Manifest[]): Manifest[] {
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()];
}
