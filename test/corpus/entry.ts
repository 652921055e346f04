import type { Application, Environment } from 'catamaran';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { DockerSpec } from '../../constructs/environment/docker';
import type { KubernetesPlan } from '../../charts/plan';
import type { DockerPlan } from '../../docker/plan';

/** An application of the corpus as a stack, and what carries each key of its compose file. */
export interface CorpusEntry {
  readonly application: new (environment: Environment) => Application;
  readonly onDocker: DockerSpec;
  readonly onKubernetes: KubernetesSpec;
  /** By the key of the compose file, as `composeKeys` names them. */
  readonly table: Readonly<Record<string, Carrier>>;
}

/** The plans of one application on both targets. */
export interface Plans {
  readonly docker: DockerPlan;
  readonly kubernetes: KubernetesPlan;
}

/** What carries a key: a fact that holds in both plans. */
export interface Carrier {
  /** What the stack says instead of the key. */
  readonly by: string;
  /** What the plans have. */
  readonly found: (plans: Plans) => { readonly docker: unknown; readonly kubernetes: unknown };
  /** What they must have. */
  readonly expected: { readonly docker: unknown; readonly kubernetes: unknown };
}

/** An application of the corpus that no target runs, and the whole messages that say so. */
export interface RefusedEntry extends Omit<CorpusEntry, 'table'> {
  readonly messages: { readonly docker: readonly string[]; readonly kubernetes: readonly string[] };
}
