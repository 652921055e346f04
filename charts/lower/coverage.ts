import type { Feature } from '../../constructs/model/features';
import type { cronJobSpec, deploymentSpec, jobSpec, podSpec, statefulSetSpec } from '../controller';
import type { ControllerSpec, CronJobSpec, JobSpec, PodContainer, PodSpec } from '../manifest';
import type { Fragment } from './context';
import type { kubernetesTable } from './table';

// The types in this file prove that no key of a container, a pod or the spec of a controller is forgotten. Each key is
// rendered from a field of the model, written for every workload by controller.ts, or listed below with the reason why it
// is left out. If a new version of the API adds a key, or if a key is no longer written, this file does not compile.
//
// The proof reads the types that TypeScript infers for what the functions return. An optional key does not count, because a
// type can have it although nothing writes it.

/** The keys that the table writes into one part of the output, for at least one value of a field. */
type FromTable<Part extends keyof Fragment> = {
  [Field in Feature]: WrittenInto<Part, ReturnType<(typeof kubernetesTable)[Field]['lower']>>;
}[Feature];

// If the result is a union, TypeScript asks this of each member.
type WrittenInto<Part extends keyof Fragment, Result> =
  Result extends Readonly<Record<Part, infer Keys>> ? RequiredKeys<Keys> : never;

/** The keys that a function of controller.ts writes for every workload. */
type ForAll<Spec extends (...args: never) => object> = RequiredKeys<ReturnType<Spec>>;

type RequiredKeys<Whole> = Whole extends object
  ? { [Key in keyof Whole]-?: object extends Pick<Whole, Key> ? never : Key }[keyof Whole]
  : never;

/** A reason for each key that is not written. A written key that the output does not have is an error. */
type Reasons<Whole, Written extends keyof Whole> = Record<Exclude<keyof Whole, Written>, string>;

const byDefault = 'the default of Kubernetes is right for every workload';
const byHand = 'a person sets it for a while, with kubectl';
const onePod = 'each run of the model is one pod';
const privilege = 'it weakens the separation from the node or from other pods; an override can set it';
const noField = 'no field of the model says it; an override can set it';

/** Keys of a container that nothing renders, and why. */
export const leftOutOfContainers = {
  resizePolicy: byDefault,
  restartPolicy: 'containers restart as their pod says',
  stdinOnce: noField,
  terminationMessagePath: byDefault,
  terminationMessagePolicy: byDefault,
  volumeDevices: privilege,
} satisfies Reasons<PodContainer, FromTable<'container'>>;

/** Keys of a pod that nothing renders, and why. */
export const leftOutOfPods = {
  activeDeadlineSeconds: 'the Job has the deadline, for all tries together',
  dnsPolicy: byDefault,
  ephemeralContainers: 'kubectl debug adds them to a running pod',
  hostIPC: privilege,
  hostNetwork: privilege,
  hostPID: privilege,
  hostUsers: 'not every node supports user namespaces',
  hostname: byDefault,
  nodeName: 'the scheduler chooses the node',
  nodeSelector: noField,
  os: 'the node affinity says linux',
  overhead: 'the runtime class sets it',
  preemptionPolicy: byDefault,
  priority: 'the priority class sets it',
  readinessGates: noField,
  resourceClaims: noField,
  runtimeClassName: noField,
  schedulerName: byDefault,
  schedulingGates: noField,
  serviceAccount: 'an old name of serviceAccountName',
  setHostnameAsFqdn: byDefault,
  subdomain: byDefault,
  tolerations: noField,
} satisfies Reasons<PodSpec, FromTable<'pod'> | ForAll<typeof podSpec>>;

/** Keys of a Deployment or StatefulSet that nothing renders, and why. */
export const leftOutOfControllers = {
  minReadySeconds: 'the readiness probe says when a pod is ready',
  ordinals: byDefault,
  paused: byHand,
  podManagementPolicy: byDefault,
} satisfies Reasons<
  ControllerSpec,
  FromTable<'controller'> | ForAll<typeof deploymentSpec> | ForAll<typeof statefulSetSpec>
>;

/** Keys of a Job that nothing renders, and why. */
export const leftOutOfJobs = {
  backoffLimitPerIndex: onePod,
  completionMode: onePod,
  completions: onePod,
  manualSelector: byDefault,
  maxFailedIndexes: onePod,
  parallelism: onePod,
  podFailurePolicy: noField,
  podReplacementPolicy: byDefault,
  selector: 'the cluster chooses labels that no other Job has',
  suspend: byHand,
} satisfies Reasons<JobSpec, FromTable<'job'> | ForAll<typeof jobSpec>>;

/** Keys of a CronJob that nothing renders, and why. */
export const leftOutOfCronJobs = {
  suspend: byHand,
} satisfies Reasons<CronJobSpec, FromTable<'cronJob'> | ForAll<typeof cronJobSpec>>;
