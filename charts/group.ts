import type { EncryptedSecret } from '../constructs/model/secret';
import type { YamlMap } from '../constructs/target/yaml';
import type { Manifest } from './manifest';

/** The objects of one file, and the files whose objects are needed before. */
export interface ObjectGroup {
  /** The workload's name, or that of the application's own objects. */
  readonly name: string;
  readonly objects: readonly Manifest[];
  readonly after: readonly string[];
  /** The names of the secrets that its pods read. */
  readonly secrets: readonly string[];
}

/** The group of the objects that every other needs; its name sorts before any workload's. */
export const applicationGroup = '00-application';

/** The name of the file of what only a GitOps controller can read; it sorts before any workload's. */
export const encryptedGroup = '00-secrets';

/** The objects of one file; its name is its path within the folder of the environment, without the extension. */
export interface ObjectFile {
  readonly name: string;
  readonly objects: readonly (Manifest | EncryptedSecret | DeliveryObject)[];
}

/** A file for a controller of GitOps, in a folder of its own, so that no controller applies it with the rest. */
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

/** The groups of a plan as a controller reads them, and what it is told of them. */
export interface Delivered {
  readonly groups: readonly ObjectGroup[];
  readonly delivery: readonly DeliveryFile[];
}
