import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesPlan } from '../../charts/plan';
import type { PodContainer, Kind, ManifestOf, PodSpec } from '../../charts/manifest';
import { writtenFiles, type Planned } from '../../constructs/pipeline/plan';
import type { DockerPlan } from '../../docker/plan';
import { dockerTarget } from '../../docker/target';
import { kubernetesTarget } from '../../charts/target';
import { present } from './application';

/** What the tests read of a service of compose.yaml. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly tags: readonly string[];
  };
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly secrets?: readonly { readonly source: string; readonly target: string; readonly mode: string }[];
  readonly develop?: {
    readonly watch: readonly {
      readonly path: string;
      readonly action: string;
      readonly ignore: readonly string[];
    }[];
  };
  readonly tmpfs?: readonly string[];
  readonly user?: string;
  readonly group_add?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: Readonly<Record<string, { readonly aliases?: readonly string[] }>>;
  readonly network_mode?: string;
  readonly extra_hosts?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: {
    readonly test: readonly string[];
    readonly interval: string;
    readonly timeout: string;
    readonly retries: number;
    readonly start_period: string;
  };
  readonly restart?: string;
  readonly scale?: number;
  readonly cpus?: number;
  readonly cpu_shares?: number;
  readonly mem_limit?: string | number;
  readonly mem_reservation?: string | number;
  readonly memswap_limit?: string | number;
  readonly pids_limit?: number;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly working_dir?: string;
  readonly tty?: boolean;
  readonly stdin_open?: boolean;
  readonly init?: boolean;
  readonly stop_signal?: string;
  readonly platform?: string;
  readonly logging?: { readonly driver: string; readonly options?: Readonly<Record<string, string>> };
}

/** What the tests read of compose.yaml. */
export interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<
    Record<string, { readonly internal?: boolean; readonly driver_opts?: Readonly<Record<string, string>> }>
  >;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, { readonly environment: string }>>;
}

/** The compose project that is written, as a YAML reader sees it. */
export function composeOf(planned: Planned, sources = '../../../stacks/shop'): Compose {
  return parse(present(writtenFiles(planned, sources)['compose.yaml'])) as Compose;
}

/** One service of it. */
export function serviceOf(planned: Planned, name: string): ComposeService {
  return present(composeOf(planned).services[name]);
}

/** Every API object that is written, as a YAML reader sees it. */
export function writtenObjects(planned: Planned): unknown[] {
  return Object.values(writtenFiles(planned, '')).flatMap((text) =>
    parseAllDocuments(text).map((document) => document.toJS() as unknown),
  );
}

/** The plan for Docker. */
export function dockerPlan({ target, plan }: Planned): DockerPlan {
  if (target !== dockerTarget) throw new Error('expected a plan for Docker');
  return plan as DockerPlan;
}

/** The plan for Kubernetes. */
export function kubernetesPlan({ target, plan }: Planned): KubernetesPlan {
  if (target !== kubernetesTarget) throw new Error('expected a plan for Kubernetes');
  return plan as KubernetesPlan;
}

/** Every API object of one kind. */
export function objectsOf<K extends Kind>(planned: Planned, kind: K): ManifestOf<K>[] {
  return kubernetesPlan(planned)
    .groups.flatMap(({ objects }) => objects)
    .filter((object): object is Extract<typeof object, ManifestOf<K>> => object.kind === kind);
}

/** The API object of one kind and name. */
export function objectOf<K extends Kind>(planned: Planned, kind: K, name: string): ManifestOf<K> {
  return present(objectsOf(planned, kind).find(({ metadata }) => metadata.name === name));
}

/** The pod of a workload. */
export function podOf(planned: Planned, name: string): PodSpec {
  const controllers = [...objectsOf(planned, 'Deployment'), ...objectsOf(planned, 'StatefulSet')];
  const found = controllers.find(({ metadata }) => metadata.name === name);
  return present(present(found).spec?.template.spec);
}

/** The container of a workload. */
export function containerOf(planned: Planned, name: string): PodContainer {
  return present(podOf(planned, name).containers[0]);
}
