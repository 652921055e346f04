import type { Workload } from '../../constructs/model/workload';
import type { PodContainer, PodSpec } from '../manifest';
import type { kubernetesTable } from './table';

// The types in this file prove that no key of a Kubernetes container or pod is forgotten. Each key is rendered from a field
// of the model, written by `podSpec` for every workload, or listed below with the reason why it is left out. If a new
// version of the API adds a key, this file does not compile until the key is rendered or listed.

type Rendered<Part extends 'container' | 'pod'> = {
  [Field in keyof Workload]: KeysIn<ReturnType<(typeof kubernetesTable)[Field]['lower']>, Part>;
}[keyof Workload];

type KeysIn<Written, Part extends string> =
  Written extends Readonly<Partial<Record<Part, infer Keys>>>
    ? [NonNullable<Keys>] extends [never]
      ? never
      : keyof NonNullable<Keys>
    : never;

/** The keys that `podSpec` in plan.ts writes, the same for every workload. */
type SameForAll =
  | 'affinity'
  | 'automountServiceAccountToken'
  | 'containers'
  | 'dnsConfig'
  | 'enableServiceLinks'
  | 'priorityClassName'
  | 'topologySpreadConstraints';

const byDefault = 'the default of Kubernetes is right for every workload';
const privilege = 'it weakens the separation from the node or from other pods; an override can set it';
const noField = 'no field of the model says it; an override can set it';

/** Keys of a container that nothing renders, and why. */
export const leftOutOfContainers = {
  envFrom: 'each variable is named, so that nobody gets one by accident',
  resizePolicy: byDefault,
  restartPolicy: 'containers restart as their pod says',
  stdin: noField,
  stdinOnce: noField,
  terminationMessagePath: byDefault,
  terminationMessagePolicy: byDefault,
  tty: noField,
  volumeDevices: privilege,
  workingDir: noField,
} satisfies Record<Exclude<keyof PodContainer, Rendered<'container'>>, string>;

/** Keys of a pod that nothing renders, and why. */
export const leftOutOfPods = {
  activeDeadlineSeconds: 'the Job has the deadline, for all tries together',
  dnsPolicy: byDefault,
  ephemeralContainers: 'kubectl debug adds them to a running pod',
  hostAliases: noField,
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
  shareProcessNamespace: privilege,
  subdomain: byDefault,
  tolerations: noField,
} satisfies Record<Exclude<keyof PodSpec, Rendered<'pod'> | SameForAll>, string>;
