import type { ClusterProxy } from '../model/proxy';
import type { Workload } from '../model/workload';
import type { SecretSource } from './secret-source';
import type { PlacedSettings } from './settings';

/**
 * An environment with all defaults filled in, as far as every target has it. `docker()` and `kubernetes()` return more:
 * `DockerSpec` and `KubernetesSpec`.
 */
export interface EnvironmentSpec {
  /** The name of the target, such as `docker`. */
  readonly target: string;
  /** How a component is published that says `publish` and nothing else. */
  readonly publishesAt: 'host-port' | 'load-balancer';
  /** What carries out the routes of a ReverseProxy. */
  readonly proxy: ClusterProxy;
  readonly choices: Readonly<Record<string, string>>;
  readonly secrets: SecretSource;
  readonly data: 'keep' | 'delete';
  readonly accept: readonly (keyof Workload)[];
  readonly images: 'any' | 'pinned';
  readonly exceptions: Readonly<Record<string, string>>;
  readonly registry: string | undefined;
  readonly components: Readonly<Record<string, PlacedSettings>>;
}

/** An environment with its name, such as `production`. */
export type Environment<Spec extends EnvironmentSpec = EnvironmentSpec> = Spec & {
  /** The name that the stack gives it. */
  readonly name: string;
};
