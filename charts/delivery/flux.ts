import type { Flux } from '../../constructs/model/gitops';
import { shortDuration } from '../../constructs/target/amounts';
import { annotated, type Context } from '../lower/context';
import {
  applicationGroup,
  encryptedGroup,
  type Delivered,
  type DeliveryFile,
  type DeliveryObject,
  type ObjectGroup,
} from '../group';
import { deliveryMetadata, deliveryName, folderOf, runsLater } from './metadata';
import { takesData } from '../data';

/**
 * A Kustomization for each group, which waits for those of the groups before, and one that applies them all,
 * so that a component that is gone takes its Kustomization with it, and that its objects. A Kustomization
 * reads a whole folder: each group has one, that names its file.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function deliverWithFlux(groups: readonly ObjectGroup[], flux: Flux, context: Context): Delivered {
  const whole = kustomization(deliveryName(context), 'flux/stages', flux, context);
  return {
    groups: groups.map((group) => ({ ...group, objects: kept(group, context) })),
    delivery: [
      { name: 'flux/application', objects: [whole] },
      ...groups.flatMap((group) => stageFiles(group, flux, context)),
    ],
  };
}

function kept({ objects }: ObjectGroup, context: Context): ObjectGroup['objects'] {
  const annotation = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  return objects.map((object) =>
    takesData(object, context.environment) ? annotated(object, annotation) : object,
  );
}

function stageFiles(group: ObjectGroup, flux: Flux, context: Context): DeliveryFile[] {
  const { name, after } = group;
  const nameOf = (one: string) => `${deliveryName(context)}-${one}`;
  const dependsOn = after.map((other) => ({ name: nameOf(other) }));
  const stage = kustomization(nameOf(name), `flux/objects/${name}`, flux, context, {
    dependsOn,
    // The first run may be what binds a claim.
    wait: !runsLater(group),
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

// What SOPS has encrypted is decrypted on its way, and is there before anything that reads it.
function filesOf(group: string, { model }: Context): string[] {
  const withSecrets = group === applicationGroup && model.encrypted.kind === 'sops-secret';
  return withSecrets ? [group, encryptedGroup] : [group];
}

interface Order {
  readonly dependsOn: readonly { readonly name: string }[];
  /** Whether it is ready once its objects are, and not as soon as they are applied. */
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
      // Ready is what is applied and healthy; of a Job, what has succeeded.
      wait,
      ...(decryption.kind === 'sops' && {
        decryption: { provider: 'sops', secretRef: { name: decryption.secret } },
      }),
    },
  };
}
