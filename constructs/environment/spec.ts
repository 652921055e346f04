import type { Workload } from '../model/workload';
import type { SecretSource } from './secret-source';
import type { PlacedSettings } from './settings';

/** The options that every kind of environment has. */
export interface CommonOptions {
  /** What the application leaves open, see `Application.choose`. @default its first option of each */
  readonly choices?: Readonly<Record<string, string>>;
  /** @default no secrets: an application that needs one is refused */
  readonly secrets?: SecretSource;
  /** Whether volumes with data stay when the stack is destroyed. @default keep */
  readonly data?: 'keep' | 'delete';
  /** Fields of the model that the target refuses and that this environment does without. @default none */
  readonly accept?: readonly (keyof Workload)[];
  /**
   * `pinned` refuses an image that images.lock.json has no digest of, so that the same commit always runs the
   * same bytes. @default any: an image that is not pinned runs by its tag
   */
  readonly images?: 'any' | 'pinned';
  /**
   * Policies that are wrong for every component here, by name, and why: `catamaran check` tells it once. What is
   * wrong for one component alone belongs into its own exceptions. @default none
   */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** The image registry that the images of the application are pushed to. @default none */
  readonly registry?: string;
  /** Settings of single components, by the name of the component. @default none */
  readonly components?: Readonly<Record<string, PlacedSettings>>;
}

/** What every kind of environment holds, with every default chosen. */
export interface CommonSpec {
  readonly choices: Readonly<Record<string, string>>;
  readonly secrets: SecretSource;
  readonly data: 'keep' | 'delete';
  readonly accept: readonly (keyof Workload)[];
  readonly images: 'any' | 'pinned';
  readonly exceptions: Readonly<Record<string, string>>;
  readonly registry: string | undefined;
  readonly components: Readonly<Record<string, PlacedSettings>>;
}

/** Chooses the default of each option that every kind of environment has. */
export function common(options: CommonOptions): CommonSpec {
  return {
    choices: options.choices ?? {},
    secrets: options.secrets ?? { kind: 'none' },
    data: options.data ?? 'keep',
    accept: options.accept ?? [],
    images: options.images ?? 'any',
    exceptions: options.exceptions ?? {},
    registry: options.registry,
    components: options.components ?? {},
  };
}
