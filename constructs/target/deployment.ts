import type * as pulumi from '@pulumi/pulumi';
import type { Environment, EnvironmentSpec } from '../environment/environment';
import type { Runner } from './runner';

/** What a target needs, besides a plan, to deploy with Pulumi. */
export interface Deployment<Spec extends EnvironmentSpec> {
  readonly application: string;
  readonly environment: Environment<Spec>;
  /** The application's folder, absolute: builds and bind mounts are relative to it. */
  readonly folder: string;
  /** The command of Pulumi. A preview counts as `up`, with `changes` false. */
  readonly command: 'up' | 'destroy' | 'refresh';
  /** Whether this run changes anything. A preview and a refresh do not. */
  readonly changes: boolean;
  /**
   * Whether a component waits for the ones that must start first. False if nothing starts, for example in a preview.
   */
  readonly waits: boolean;
  readonly values: SecretValues;
  /** Returns the registries of some images for which this machine has credentials. */
  readonly registriesOf: (images: readonly string[]) => Promise<readonly string[]>;
  /** Runs other programs, such as docker or kubectl. */
  readonly run: Runner;
}

/** The values of the application's secrets. */
export type SecretValues =
  /** This program has no values: a controller in the cluster, or a person, creates the Secret. */
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'known';
      readonly secret: (name: string) => pulumi.Output<string>;
      /** The key for hashes of secrets. Without it, nobody can use a visible hash to test a guess. */
      readonly key: pulumi.Output<string>;
    };

/** Returns a function from the name of a secret to its value. The function throws if this program has no values. */
export function secretOf(values: SecretValues): (name: string) => pulumi.Output<string> {
  return values.kind === 'known' ? values.secret : unknownValue;
}

function unknownValue(name: string): never {
  throw new Error(`The value of secret ${name} is not known to this program`);
}
