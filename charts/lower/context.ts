import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { clusterDomain } from '../../constructs/target/nginx/proxy';
import { sortedKeys } from '../../constructs/model/sorted';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import type {
  PodContainer,
  ControllerSpec,
  CronJobSpec,
  JobSpec,
  Kind,
  Manifest,
  ManifestOf,
  Metadata,
  PodSpec,
} from '../manifest';

/** What a lowering function can read besides its field. */
export interface Context {
  readonly model: ApplicationModel;
  readonly environment: KubernetesSpec;
  /** The Secret that holds every secret of the application. */
  readonly secretName: string;
}

/**
 * A part of the objects of a workload. The parts of all fields are merged: lists are joined.
 *
 * A lowering function does not name this type as its result. It checks its result with `satisfies Fragment`, so that
 * TypeScript infers which keys it writes, and coverage.ts can see if a key is written nowhere. A key that is only sometimes
 * written needs a `return` with it and one without it: after `...(test && { key })` the key is optional, and an optional key
 * does not prove that anything writes it.
 */
export interface Fragment {
  readonly container?: Partial<PodContainer>;
  readonly pod?: Partial<PodSpec>;
  readonly controller?: WithoutPods<ControllerSpec>;
  readonly job?: WithoutPods<JobSpec>;
  readonly cronJob?: WithoutPods<CronJobSpec> & Pick<CronJobSpec, 'schedule'>;
  readonly objects?: readonly Manifest[];
}

type WithoutPods<Spec> = Partial<Omit<Spec, 'selector' | 'template' | 'jobTemplate'>>;

/** The label that selects the pods of a workload. Selectors cannot be changed later, so it holds only the name. */
export function selector(name: string): Record<string, string> {
  return { 'app.kubernetes.io/instance': name };
}

/** The labels of a workload's pods. They do not change from release to release. */
export function podLabels({ model }: Context, name: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    ...selector(name),
    'app.kubernetes.io/part-of': model.name,
    'app.kubernetes.io/managed-by': 'catamaran',
    'app.kubernetes.io/component': name,
    owner: model.owner.team,
  };
}

/** Makes an API object that belongs to the application. */
export function manifest<K extends Kind>(
  context: Context,
  apiVersion: ManifestOf<K>['apiVersion'],
  kind: K,
  name: string,
  content: Omit<ManifestOf<K>, 'apiVersion' | 'kind' | 'metadata'>,
  labels: Readonly<Record<string, string>> = {},
): ManifestOf<K> {
  const { model, environment } = context;
  // This is the order in which cdk8s writes metadata, so that `catamaran synth` and `cdk8s synth` write the same bytes.
  const metadata: Metadata = {
    ...(model.owner.email !== '' && { annotations: { email: model.owner.email } }),
    labels: sortedKeys({
      ...podLabels(context, name),
      'app.kubernetes.io/version': model.version,
      ...labels,
    }),
    name,
    ...(!isOfCluster(kind) && { namespace: environment.namespace }),
  };
  return { apiVersion, kind, metadata, ...content } as unknown as ManifestOf<K>;
}

/** Whether objects of a kind have no namespace. Their names must be unique in the cluster. */
function isOfCluster(kind: string): boolean {
  return kind === 'Namespace' || kind === 'PriorityClass';
}

/** The name of the priority class of an application's pods. It is the name of the namespace, which is unique. */
export function priorityClassName({ environment }: Context): string {
  return environment.namespace;
}

/** Adds annotations to an object, in the order in which cdk8s writes metadata. Its pods do not get the annotations. */
export function annotated<Annotated extends Manifest>(
  object: Annotated,
  added: Readonly<Record<string, string>>,
): Annotated {
  if (Object.keys(added).length === 0) return object;
  const { annotations, ...others } = object.metadata;
  return { ...object, metadata: { annotations: sortedKeys({ ...annotations, ...added }), ...others } };
}

/** Finds a workload by name. @throws Error if there is none; compiling has already checked that it exists */
export function workloadOf({ model }: Context, name: string): Workload {
  const found = model.workloads.find((workload) => workload.name === name);
  if (!found) throw new Error(`no workload ${name} in ${model.name}`);
  return found;
}

/**
 * Whether a sticky route leads to a workload with several replicas. Then each replica needs a name of its own, so that nginx
 * can send all requests of a visitor to the same one.
 */
function hasVisitorsThatStay(
  { model, environment }: Pick<Context, 'model' | 'environment'>,
  { name, run, replicas, autoscaling }: Workload,
): boolean {
  if (environment.proxy.kind !== 'nginx') return false;
  if (run !== 'service' || replicas < 2 || autoscaling.kind !== 'none') return false;
  return model.workloads.some(({ routes }) =>
    routes.some(
      ({ answer }) =>
        answer.kind === 'forward' &&
        answer.sticky.kind === 'cookie' &&
        answer.targets.some(({ workload }) => workload === name),
    ),
  );
}

/** The host names of a workload's replicas, for nginx, if a sticky route leads to it; else none. */
export function replicaNames(context: Context, name: string): string[] {
  const workload = workloadOf(context, name);
  if (!hasVisitorsThatStay(context, workload)) return [];
  // nginx needs whole names, because it does not use the DNS search list.
  const domain = `${headlessName(workload)}.${context.environment.namespace}.svc.${clusterDomain}`;
  return Array.from({ length: workload.replicas }, (_, index) => `${name}-${index}.${domain}`);
}

/**
 * The name of the headless Service that gives the pods of a StatefulSet their names. It is never the Service of the workload
 * itself: a StatefulSet cannot change the name of its Service, and a Service cannot change whether it has an address. So both
 * must be the same, whether a proxy sends requests to the workload or not.
 */
export function headlessName({ name }: Pick<Workload, 'name'>): string {
  return `${name}-pods`;
}

/** How a workload runs in a cluster. If sticky routes lead to it, it is a StatefulSet, because its replicas need names. */
export function runAs(context: Pick<Context, 'model' | 'environment'>, workload: Workload): Workload['run'] {
  return hasVisitorsThatStay(context, workload) ? 'stateful' : workload.run;
}

/** Whether the cluster's own proxy handles the routes of a workload. Such a workload has no pods. */
export function isCarriedByCluster(
  { environment }: Pick<Context, 'environment'>,
  { routes }: Workload,
): boolean {
  return routes.length > 0 && environment.proxy.kind !== 'nginx';
}
