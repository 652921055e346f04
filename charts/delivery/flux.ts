import type { Flux } from '../../constructs/model/gitops';
import { shortDuration } from '../../constructs/target/amounts';
import { annotated, type Context } from '../lower/context';
import {
  applicationGroup,
  encryptedGroup,
  volumesGroup,
  type Delivered,
  type DeliveryFile,
  type DeliveryObject,
  type ObjectGroup,
  type OwnGroup,
} from '../group';
import type { OwnObject } from '../../constructs/model/own-object';
import { takesOwnData } from '../own';
import {
  deliveryMetadata,
  deliveryName,
  folderOf,
  inOrder,
  ownAnnotated,
  runsLater,
  type AnyGroup,
} from './metadata';
import { takesData } from '../data';

/**
 * Makes a Kustomization for each group. It depends on the Kustomizations of the groups that must be applied before it. One
 * more Kustomization applies all of these. So when a component is removed, Flux prunes its Kustomization, and with it the
 * objects of the component. A Kustomization reads a whole folder, so each group has a folder with a kustomization.yaml that
 * names the files of the group.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function deliverWithFlux(
  groups: readonly ObjectGroup[],
  own: readonly OwnGroup[],
  flux: Flux,
  context: Context,
): Delivered {
  const whole = kustomization(deliveryName(context), 'flux/stages', flux, context);
  return {
    groups: groups.map((group) => ({ ...group, objects: withoutPruningData(group, context) })),
    own: own.map((group) => ({ ...group, objects: group.objects.map((one) => keptByFlux(one, context)) })),
    delivery: [
      { name: 'flux/application', objects: [whole] },
      ...inOrder(groups, own).flatMap((group) => stageFiles(group, flux, context)),
    ],
  };
}

const withoutPruning = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

function withoutPruningData({ objects }: ObjectGroup, context: Context): ObjectGroup['objects'] {
  return objects.map((object) =>
    takesData(object, context.environment) ? annotated(object, withoutPruning) : object,
  );
}

function keptByFlux(object: OwnObject, { environment }: Context): OwnObject {
  return takesOwnData(object, environment) ? ownAnnotated(object, withoutPruning) : object;
}

function stageFiles(group: AnyGroup, flux: Flux, context: Context): DeliveryFile[] {
  const { name, after } = group;
  const nameOf = (one: string) => `${deliveryName(context)}-${one}`;
  const dependsOn = after.map((other) => ({ name: nameOf(other) }));
  const stage = kustomization(nameOf(name), `flux/objects/${name}`, flux, context, {
    dependsOn,
    // The volume claim of a scheduled workload may be bound only at its first run, and a shared one when a pod uses it.
    wait: !runsLater(group) && name !== volumesGroup,
  });
  const folder: DeliveryObject = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    metadata: { name },
    resources: filesOf(name, context).map((file) => `../../../${file}.yaml`),
  };
  return [
    { name: `flux/stages/${name}`, objects: [stage] },
    { name: `flux/objects/${name}/kustomization`, objects: [folder] },
  ];
}

// The encrypted Secret is in the first group, so that it exists before the pods that read it. Flux decrypts it.
function filesOf(group: string, { model }: Context): string[] {
  const withSecrets = group === applicationGroup && model.encrypted.kind === 'sops-secret';
  return withSecrets ? [group, encryptedGroup] : [group];
}

interface Order {
  readonly dependsOn: readonly { readonly name: string }[];
  /** Whether the Kustomization is ready only when its objects are healthy; otherwise as soon as they are applied. */
  readonly wait: boolean;
}

function kustomization(
  name: string,
  folder: string,
  flux: Flux,
  context: Context,
  { dependsOn, wait }: Order = { dependsOn: [], wait: true },
): DeliveryObject {
  const { source, decryption } = flux;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: deliveryMetadata(context, name, flux.namespace),
    spec: {
      ...(dependsOn.length > 0 && { dependsOn }),
      sourceRef: { kind: source.kind, name: source.name, namespace: source.namespace },
      path: `./${folderOf(context, flux.path, folder)}`,
      interval: shortDuration(flux.interval.milliseconds),
      timeout: shortDuration(flux.timeout.milliseconds),
      prune: flux.prune,
      // For Flux, a Job is healthy when it has succeeded.
      wait,
      ...(decryption.kind === 'sops' && {
        decryption: { provider: 'sops', secretRef: { name: decryption.secret } },
      }),
    },
  };
}
