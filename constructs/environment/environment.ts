import type { DockerSpec } from './docker';
import type { KubernetesSpec } from './kubernetes';

/** Where an application runs, how big, how it is exposed, and where its secrets come from. */
export type EnvironmentSpec = DockerSpec | KubernetesSpec;

/** A place and its name, such as production. */
export type Environment = EnvironmentSpec & { readonly name: string };
