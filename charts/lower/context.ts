import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
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

/** What the lowering of a field may look at besides the field. */
export interface Context {
  readonly model: ApplicationModel;
  readonly environment: KubernetesSpec;
  /** The Secret that holds every secret of the application. */
  readonly secretName: string;
}

/** A part of a workload's objects: lists are joined, everything else is merged. */
export interface Fragment {
  readonly container?: Partial<PodContainer>;
  readonly pod?: Partial<PodSpec>;
  readonly controller?: ControllerSpec;
  readonly job?: JobSpec;
  readonly cronJob?: CronJobSpec;
  readonly objects?: readonly Manifest[];
}

/** The label that tells a workload's pods from all others; an immutable selector, so it is the name alone. */
export function selector(name: string): Record<string, string> {
  return { 'app.kubernetes.io/instance': name };
}

/** The labels of a workload's pods; they stay the same from release to release. */
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
  // In the order that cdk8s gives to metadata, so that both ways write the same bytes.
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

/** Whether objects of a kind are in no namespace, so that their names have to be unique in the cluster. */
export function isOfCluster(kind: string): boolean {
  return kind === 'Namespace' || kind === 'PriorityClass';
}

/** The name of the priority class of an application's pods: that of its namespace, which no other has. */
export function priorityClassName({ environment }: Context): string {
  return environment.namespace;
}

/** Adds annotations to an object, in the order that cdk8s gives to metadata. Its pods stay as they are. */
export function annotated<Annotated extends Manifest>(
  object: Annotated,
  added: Readonly<Record<string, string>>,
): Annotated {
  if (Object.keys(added).length === 0) return object;
  const { annotations, ...others } = object.metadata;
  return { ...object, metadata: { annotations: sortedKeys({ ...annotations, ...added }), ...others } };
}

/** Finds a workload that compiling has proven to exist. */
export function workloadOf({ model }: Context, name: string): Workload {
  const found = model.workloads.find((workload) => workload.name === name);
  if (!found) throw new Error(`no workload ${name} in ${model.name}`);
  return found;
}

/** Whether visitors stay at one of a workload's replicas, so that each needs a name of its own. */
function hasVisitorsThatStay(
  { model, environment }: Context,
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

/** The host names of a workload's replicas, where visitors stay at one. */
export function replicaNames(context: Context, name: string): string[] {
  const workload = workloadOf(context, name);
  if (!hasVisitorsThatStay(context, workload)) return [];
  const domain = `${headlessName(context, workload)}.${context.environment.namespace}.svc.${clusterDomain}`;
  return Array.from({ length: workload.replicas }, (_, index) => `${name}-${index}.${domain}`);
}

/** The domain that nearly all clusters have; nginx reads no search list. */
export const clusterDomain = 'cluster.local';

/**
 * The Service without an address that gives the pods of a StatefulSet their names: one of its own where the
 * workload's has an address, as a proxy asks for it once.
 */
export function headlessName(context: Context, { name, run }: Workload): string {
  return run === 'stateful' && !isRouted(context, name) ? name : `${name}-pods`;
}

function isRouted({ model }: Context, name: string): boolean {
  const answers = model.workloads.flatMap(({ routes }) => routes.map(({ answer }) => answer));
  const targets = answers.flatMap((answer) => (answer.kind === 'forward' ? answer.targets : []));
  return targets.some(({ workload }) => workload === name);
}

/** How a workload runs: with visitors that stay, its replicas have names as those with data have. */
export function runAs(context: Context, workload: Workload): Workload['run'] {
  return hasVisitorsThatStay(context, workload) ? 'stateful' : workload.run;
}

/** Whether the cluster's own proxy carries out the routes of a workload, which has no pods then. */
export function isCarriedByCluster({ environment }: Context, { routes }: Workload): boolean {
  return routes.length > 0 && environment.proxy.kind !== 'nginx';
}
