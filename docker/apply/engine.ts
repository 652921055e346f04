import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { deploymentLabel } from '../container';

/** A label of something on an engine. */
export interface Label {
  readonly label: string;
  readonly value: pulumi.Input<string>;
}

/** How an engine is reached, and cleared of what an update that was interrupted has left there. */
export interface EngineAccess {
  /** The engine's address; the default one where it is undefined. */
  readonly host: string | undefined;
  /** The registries that the Docker configuration of this machine has credentials for; no value is in the state. */
  readonly registries: readonly string[];
  /** Clears what has the label of this deployment and is not recorded; nothing is made before. */
  readonly clear: (deployment: string) => Promise<void>;
}

/** The provider of an engine, and the label of everything but data that it makes. */
export function engineOf({ host, registries, clear }: EngineAccess): {
  provider: docker.Provider;
  mark: Label;
} {
  const provider = new docker.Provider('engine', {
    ...(host !== undefined && { host }),
    ...(registries.length > 0 && { registryAuth: registries.map((address) => ({ address })) }),
  });
  // Pulumi gives a provider an identity when it is new, and keeps it: no other state has the same.
  const value = provider.id.apply((id) => clear(id).then(() => id));
  return { provider, mark: { label: deploymentLabel, value } };
}
