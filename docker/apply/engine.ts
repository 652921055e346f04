import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { deploymentLabel } from '../container';

/** A label of an object on an engine. */
export interface Label {
  readonly label: string;
  readonly value: pulumi.Input<string>;
}

/** How to connect to an engine, and how to remove what an interrupted update left there. */
export interface EngineAccess {
  /** The address of the engine; undefined for the default engine. */
  readonly host: string | undefined;
  /** The registries for which this machine has credentials. The credentials themselves are not in Pulumi's state. */
  readonly registries: readonly string[];
  /** Removes objects that have the label of this deployment but are not in Pulumi's state. It runs before anything is created. */
  readonly clear: (deployment: string) => Promise<void>;
}

/** The Pulumi provider of an engine, and the label of all its objects except volumes with data. */
export function engineOf({ host, registries, clear }: EngineAccess): {
  provider: docker.Provider;
  mark: Label;
} {
  const provider = new docker.Provider('engine', {
    ...(host !== undefined && { host }),
    ...(registries.length > 0 && { registryAuth: registries.map((address) => ({ address })) }),
  });
  // Pulumi creates the id of a provider once and keeps it, and no other stack has the same id.
  const value = provider.id.apply((id) => clear(id).then(() => id));
  return { provider, mark: { label: deploymentLabel, value } };
}
