import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { LoweringTable } from '../../constructs/target/lowering';
import { imageName } from '../../constructs/model/image';
import { isPublishedAt, publications } from '../../constructs/model/publication';
import type { Workload } from '../../constructs/model/workload';
import { loweringOfAfter, loweringOfGate } from './after';
import { isCarriedByCluster, manifest, type Context, type Fragment } from './context';
import { escape } from './expansion';
import { lowerEnvironment } from './environment';
import { lowerGrace, lowerLiveness, lowerReadiness, timesOf } from './health';
import { wholeSeconds } from '../../constructs/target/seconds';
import { passedOnByShells } from '../../constructs/target/shell-variables';
import { hostPrograms, lowerConnections, lowerExposure, lowerPorts } from './network';
import { lowerAutoscaling, lowerReplicas, lowerRun, lowerSchedule } from './scaling';
import { lifted, lowerCpu, lowerMemory } from './resources';
import {
  loweringOfAnnotations,
  loweringOfInit,
  loweringOfLabels,
  loweringOfPlatform,
  loweringOfStopSignal,
  lowerStdin,
  lowerTerminal,
  lowerWorkingDirectory,
} from './process';
import { lowerRoutes, lowerTls } from './routes';
import { loweringOfSharedVolumes } from './shared-volumes';
import { lowerAddedSecrets, lowerFiles, lowerSecretFiles } from './files';
import { lowerScratch, lowerVolumes } from './storage';
import { lowerUser, otherIds } from './user';
import { capabilitiesToAccept } from '../pod-security';

/** How Kubernetes supports every field of a workload. */
export const kubernetesTable = {
  name: { support: 'native', lower: lowerName },
  image: { support: 'native', lower: lowerImage },
  // Rendered by `after`: the waits of a workload without a shell run in the toolbox.
  shell: { support: 'native', lower: () => ({}) },
  run: { support: 'native', lower: lowerRun },
  schedule: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }) => kind !== 'none',
        note: 'A node restarts a failed run before its Job counts the failure. After the last retry, one more run starts and is stopped',
      },
      wholeSeconds('Kubernetes', (schedule) =>
        schedule.kind === 'none' ? [] : [schedule.startWithin, schedule.timeout],
      ),
    ],
    lower: lowerSchedule,
  },
  replicas: { support: 'native', lower: lowerReplicas },
  autoscaling: { support: 'native', lower: lowerAutoscaling },
  entrypoint: {
    support: 'native',
    lower: (command) => (command.length > 0 ? { container: { command: command.map(escape) } } : {}),
  },
  arguments: {
    support: 'native',
    lower: (args) => (args.length > 0 ? { container: { args: args.map(escape) } } : {}),
  },
  user: { support: 'emulated', differences: otherIds, lower: lowerUser },
  // Rendered by `user`, as part of the security settings.
  root: { support: 'native', lower: () => ({}) },
  // Rendered by `user`, as part of the security settings.
  privilege: {
    support: 'refused',
    when: ({ kind }) => kind === 'root',
    reason:
      'the restricted Pod Security Standard forbids root. Where it is accepted, the labels of the namespace become ' +
      'baseline, and all other containers keep their restrictions',
    fix: "an image that runs as another user, perhaps with root: 'writable' or a scratch folder with content: 'image'",
    lower: () => ({}),
  },
  // Rendered by `user`, as part of the security settings.
  capabilities: {
    support: 'refused',
    when: (_, workload) => capabilitiesToAccept(workload).length > 0,
    reason:
      'the restricted Pod Security Standard allows only NET_BIND_SERVICE, and baseline only what root in a container ' +
      'usually has. Where more is accepted, the labels of the namespace become baseline or privileged',
    fix: 'fewer capabilities, or runsAsRoot with those that root needs',
    lower: () => ({}),
  },
  cpu: { support: 'emulated', differences: [lifted(({ millicores }) => millicores)], lower: lowerCpu },
  memory: { support: 'emulated', differences: [lifted(({ bytes }) => bytes)], lower: lowerMemory },
  processes: {
    support: 'emulated',
    differences: [
      {
        when: (_, workload, environment) => !isCarriedByCluster({ environment }, workload),
        note: 'A pod cannot set its own limit. The podPidsLimit of its node applies',
      },
    ],
    lower: () => ({}),
  },
  variables: {
    support: 'bounded',
    differences: [],
    limit: (variables, { run, gate }) =>
      run === 'once' && gate.kind === 'check' ? passedOnByShells(variables) : { kind: 'within' },
    reason: 'in the pods that wait for a migration, a shell runs its check, and passes no such variable on',
    lower: lowerEnvironment,
  },
  labels: loweringOfLabels,
  annotations: loweringOfAnnotations,
  workingDirectory: { support: 'native', lower: lowerWorkingDirectory },
  terminal: { support: 'native', lower: lowerTerminal },
  stdin: { support: 'native', lower: lowerStdin },
  init: loweringOfInit,
  stopSignal: loweringOfStopSignal,
  platform: loweringOfPlatform,
  ports: { support: 'native', lower: lowerPorts },
  exposure: {
    support: 'refused',
    when: isPublishedAt('host-port'),
    reason: 'the restricted Pod Security Standard forbids host ports',
    fix: 'expose: nodePort(…) or loadBalancer(…)',
    lower: lowerExposure,
  },
  // Not rendered: the variables of the image say it.
  authentication: { support: 'native', lower: () => ({}) },
  ownName: { support: 'native', lower: lowerOwnName },
  readiness: {
    support: 'emulated',
    differences: [wholeSeconds('Kubernetes', timesOf)],
    lower: lowerReadiness,
  },
  liveness: { support: 'emulated', differences: [wholeSeconds('Kubernetes', timesOf)], lower: lowerLiveness },
  // Not rendered; `catamaran check` reads it.
  exceptions: { support: 'native', lower: () => ({}) },
  grace: {
    support: 'emulated',
    differences: [wholeSeconds('Kubernetes', (grace) => [grace])],
    lower: lowerGrace,
  },
  // Rendered by `run`, as part of the rollout.
  deadline: {
    support: 'emulated',
    differences: [
      {
        when: ({ kind }, { run }) => kind === 'after' && run === 'stateful',
        note: 'A StatefulSet has no deadline. A release waits for its new pod as long as it takes',
      },
      wholeSeconds('Kubernetes', (deadline) => (deadline.kind === 'none' ? [] : [deadline.time])),
    ],
    lower: () => ({}),
  },
  scratch: { support: 'native', lower: lowerScratch },
  files: { support: 'native', lower: lowerFiles },
  routes: { support: 'native', lower: lowerRoutes },
  tls: { support: 'native', lower: lowerTls },
  // Rendered by `routes`, as part of the nginx configuration.
  trustedProxies: {
    support: 'emulated',
    differences: [
      {
        when: (trusted, workload) => trusted.length > 0 && publications(workload).length > 0,
        note:
          'A node that passes a request on to another node replaces its address by its own, unless the public Service has ' +
          'externalTrafficPolicy: Local. Whoever trusts the addresses of nodes trusts everybody who can reach their ports',
      },
    ],
    lower: () => ({}),
  },
  secretFiles: { support: 'native', lower: lowerSecretFiles },
  addedSecrets: { support: 'native', lower: lowerAddedSecrets },
  // Rendered by `files` and `addedSecrets`.
  fileModes: { support: 'native', lower: () => ({}) },
  volumes: { support: 'native', lower: lowerVolumes },
  sharedVolumes: loweringOfSharedVolumes,
  bindMounts: {
    support: 'refused',
    when: (bindMounts) => bindMounts.length > 0,
    reason: 'the nodes of a cluster do not have the folders of the application',
    fix: 'files, a volume, or an image that contains the folder, and set bindMounts only in the components of docker()',
    lower: () => ({}),
  },
  connections: {
    support: 'limited',
    differences: [
      {
        when: (connections) => connections.some(({ kind }) => kind === 'external'),
        note: 'A network policy cannot name hosts. The port is open to all addresses of the given CIDR blocks',
      },
    ],
    limit: hostPrograms,
    reason: 'a pod runs on any node of a cluster, and none of them is the host that the program runs on',
    lower: lowerConnections,
  },
  gate: loweringOfGate,
  after: loweringOfAfter,
} satisfies LoweringTable<Fragment, Context, KubernetesSpec>;

function lowerName(name: string, _: unknown, context: Context) {
  const account = manifest(context, 'v1', 'ServiceAccount', name, { automountServiceAccountToken: false });
  return { container: { name }, pod: { serviceAccountName: name }, objects: [account] } satisfies Fragment;
}

function lowerOwnName(leads: Workload['ownName'], { name }: Workload) {
  if (leads === 'service') return {};
  return { pod: { hostAliases: [{ ip: '127.0.0.1', hostnames: [name] }] } } satisfies Fragment;
}

function lowerImage(image: Workload['image'], _: unknown, { environment: { pullSecret } }: Context) {
  const container = { image: imageName(image), imagePullPolicy: 'Always' };
  if (pullSecret === undefined) return { container } satisfies Fragment;
  return { container, pod: { imagePullSecrets: [{ name: pullSecret }] } } satisfies Fragment;
}
