import type * as pulumi from '@pulumi/pulumi';
import type { Environment, EnvironmentSpec } from '../environment/environment';
import type { Runner } from './runner';

/** What `pulumi up`, `destroy` or `refresh` adds to a plan. */
export interface Deployment<Spec extends EnvironmentSpec> {
  readonly application: string;
  readonly environment: Environment<Spec>;
  /** The application's folder, absolute: builds and bind mounts are relative to it. */
  readonly folder: string;
  /** What Pulumi does. A preview of an update is an `up` that changes nothing. */
  readonly command: 'up' | 'destroy' | 'refresh';
  /** Whether this run changes anything: a preview and a refresh do not. */
  readonly changes: boolean;
  /** Whether a component waits for those that it starts after: not where nothing starts, as in a preview. */
  readonly waits: boolean;
  readonly values: SecretValues;
  /** The registries of some images that this machine has credentials for. */
  readonly registriesOf: (images: readonly string[]) => Promise<readonly string[]>;
  /** Runs the programs that the target needs besides Pulumi's provider. */
  readonly run: Runner;
}

/** The values of the application's secrets. */
export type SecretValues =
  /** A controller in the cluster, or somebody by hand, brings them. */
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'known';
      readonly secret: (name: string) => pulumi.Output<string>;
      /** Makes hashes of secrets that may be seen: nobody can test a guess without it. */
      readonly key: pulumi.Output<string>;
    };

/** The value of a secret by its name, where somebody else may bring the values. */
export function secretOf(values: SecretValues): (name: string) => pulumi.Output<string> {
  return values.kind === 'known' ? values.secret : unknownValue;
}

function unknownValue(name: string): never {
  throw new Error(`secret ${name} has no value here`);
}
