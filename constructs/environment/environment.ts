import type { DockerSpec } from './docker';
import type { KubernetesSpec } from './kubernetes';

/** Where an application runs, how large it is, how it is exposed, and where its secrets come from. */
export type EnvironmentSpec = DockerSpec | KubernetesSpec;

/** An environment with its name, such as `production`. */
export type Environment = EnvironmentSpec & { readonly name: string };
