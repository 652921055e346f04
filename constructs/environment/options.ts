import type { Workload } from '../model/workload';
import type { EnvironmentSpec, Purpose } from './environment';
import type { SecretSource } from './secret-source';
import type { PlacedSettings } from './settings';

/** The options that every kind of environment has. */
export interface CommonOptions {
  /**
   * The options to use where the application calls `this.choose(…)`, by the name of the choice.
   * @default the first option of each choice
   * @example { store: 'mongodb' }
   */
  readonly choices?: Readonly<Record<string, string>>;
  /** Where the values of secrets come from. @default nowhere: an application that needs a secret is an error */
  readonly secrets?: SecretSource;
  /** Whether volumes with data are kept or deleted when the application is removed. @default keep */
  readonly data?: 'keep' | 'delete';
  /**
   * Features of the application that the target refuses, and that this environment can do without. Every other refused
   * feature is an error. A feature is the name of a field of the model: the message of the error says which one.
   * @default none
   * @example ['autoscaling']
   */
  readonly accept?: readonly (keyof Workload)[];
  /**
   * Whether each image needs a digest in images.lock.json. With `pinned`, the same commit always runs the same
   * images, and an image without a digest is an error. With `any`, an image without a digest runs by its tag.
   * @default any
   */
  readonly images?: 'any' | 'pinned';
  /**
   * What the environment is for. `catamaran check` does not ask an environment for development for several replicas and
   * pinned images.
   * @default development if its name is dev, development or local, or starts with one of these and `-`; else production
   */
  readonly purpose?: Purpose;
  /**
   * Policies that every component may break in this environment: the policy's name, and the reason. For one
   * component, use the `exceptions` of that component. @default none
   * @example { 'pinned-images': 'the registry is rebuilt every night' }
   */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** The image registry to push the application's own images to. @default none */
  readonly registry?: string;
  /** Settings for single components, by component name. @default none */
  readonly components?: Readonly<Record<string, PlacedSettings>>;
}

/** Fills in the defaults of the options that every kind of environment has. */
export function common(options: CommonOptions): Omit<EnvironmentSpec, 'target' | 'publishesAt' | 'proxy'> {
  return {
    choices: options.choices ?? {},
    secrets: options.secrets ?? { kind: 'none' },
    data: options.data ?? 'keep',
    accept: options.accept ?? [],
    images: options.images ?? 'any',
    purpose: options.purpose,
    exceptions: options.exceptions ?? {},
    registry: options.registry,
    components: options.components ?? {},
  };
}
