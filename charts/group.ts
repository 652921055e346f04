import type { OwnObject } from '../constructs/model/own-object';
import type { EncryptedSecret } from '../constructs/model/secret';
import type { YamlMap } from '../constructs/target/yaml';
import type { Manifest } from './manifest';

/** The objects of one file, and the names of the groups that must be applied before them. */
export interface ObjectGroup {
  /** The name of the workload, or {@link applicationGroup}. */
  readonly name: string;
  readonly objects: readonly Manifest[];
  readonly after: readonly string[];
  /** The names of the secrets that the pods of the group read. */
  readonly secrets: readonly string[];
}

/** Objects that the stack wrote itself, as the objects of a group. */
export interface OwnGroup {
  readonly name: string;
  readonly objects: readonly OwnObject[];
  readonly after: readonly string[];
}

/** All objects of a plan that components have made. */
export function objectsIn({ groups }: { readonly groups: readonly ObjectGroup[] }): Manifest[] {
  return groups.flatMap(({ objects }) => objects);
}

/** The group of the objects that all others need, such as the namespace. Its name sorts before any workload. */
export const applicationGroup = '00-application';

/** The group of the claims of shared volumes, which belong to no workload. Its name sorts before any workload. */
export const volumesGroup = '00-volumes';

/** The name of the file with encrypted secrets, which only a GitOps controller can decrypt. It sorts before any workload. */
export const encryptedGroup = '00-secrets';

/** The objects of one file. `name` is the path in the environment's folder, without the extension. */
export interface ObjectFile {
  readonly name: string;
  readonly objects: readonly (Manifest | EncryptedSecret | DeliveryObject | OwnObject)[];
}

/** A file for a GitOps controller. It is in a subfolder, so that it is not applied with the manifests. */
export interface DeliveryFile extends ObjectFile {
  readonly objects: readonly DeliveryObject[];
}

/** An object of Argo CD, of Flux or of Kustomize. */
export interface DeliveryObject {
  readonly apiVersion: string;
  readonly kind: 'Application' | 'Kustomization';
  readonly metadata: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly resources?: readonly string[];
  readonly spec?: YamlMap;
}

/** The groups of a plan, prepared for a GitOps controller, and the files that configure the controller. */
export interface Delivered {
  readonly groups: readonly ObjectGroup[];
  readonly own: readonly OwnGroup[];
  readonly delivery: readonly DeliveryFile[];
}
