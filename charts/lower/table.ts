import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { checkCommand } from '../../constructs/target/check/command';
import type { LoweringTable } from '../../constructs/target/lowering';
import { imageName } from '../../constructs/model/image';
import { isPublishedAt, publications } from '../../constructs/model/publication';
import type { Duration } from '../../constructs/model/units';
import type { Dependency, Workload } from '../../constructs/model/workload';
import { isCarriedByCluster, manifest, workloadOf, type Context, type Fragment } from './context';
import { escape } from './expansion';
import { lowerEnvironment } from './environment';
import { lowerGrace, lowerLiveness, lowerReadiness, runs, timesOf, unseenEnd } from './health';
import { wholeSeconds } from '../../constructs/target/seconds';
import { passedOnByShells } from '../../constructs/target/shell-variables';
import { hostPrograms, lowerConnections, lowerExposure, lowerPorts } from './network';
import { lowerAutoscaling, lowerReplicas, lowerRun, lowerSchedule } from './scaling';
import { lifted, lowerCpu, lowerMemory } from './resources';
import {
  lowerInit,
  lowerStdin,
  lowerTerminal,
  lowerWorkingDirectory,
  signalsAnother,
  unfitAnnotation,
  unfitLabel,
} from './process';
import { lowerRoutes, lowerTls } from './routes';
import { loweringOfSharedVolumes } from './shared-volumes';
import { lowerAddedSecrets, lowerFiles, lowerSecretFiles } from './files';
import { lowerScratch, lowerVolumes } from './storage';
import { toUser } from '../../constructs/values/user';
import { identity, lowerUser, onlyUser, otherIds, type Rights } from './user';
import type { PodContainer } from '../manifest';
import { capabilitiesToAccept } from '../pod-security';
import { merge } from '../../constructs/target/merge';

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
  // Rendered with the controller and its pods.
  labels: {
    support: 'bounded',
    differences: [],
    limit: unfitLabel,
    reason: 'a label has at most 63 letters, digits and - . _, with a letter or a digit at both ends',
    lower: () => ({}),
  },
  // Rendered with the controller and its pods.
  annotations: {
    support: 'bounded',
    differences: [],
    limit: unfitAnnotation,
    reason:
      'the key of an annotation has at most 63 letters, digits and - . _, perhaps after a DNS name and a /',
    lower: () => ({}),
  },
  workingDirectory: { support: 'native', lower: lowerWorkingDirectory },
  terminal: { support: 'native', lower: lowerTerminal },
  stdin: { support: 'native', lower: lowerStdin },
  init: {
    support: 'emulated',
    differences: [
      {
        when: (init) => init === 'reaper',
        note:
          'The first process of the pod ends what the program leaves behind. The containers of the pod see each other’s ' +
          'processes; a pod has one container here, besides those that run before it',
      },
    ],
    lower: lowerInit,
  },
  // Rendered by `grace`, as part of the stop.
  stopSignal: {
    support: 'bounded',
    differences: [
      {
        when: (signal) => signal !== 'image',
        note:
          'A command in the container sends the signal to the program, and waits for its end: the image needs sh. ' +
          'STOPSIGNAL in the Dockerfile needs none',
      },
    ],
    limit: signalsAnother,
    reason:
      'a shell in the container sends the signal, to the first process, and with init that is not the program',
    lower: () => ({}),
  },
  // Rendered with the placement of the pods.
  platform: {
    support: 'emulated',
    differences: [
      {
        when: (platform) => platform.startsWith('linux/arm/'),
        note: 'Nodes tell only that their processor is a 32-bit Arm, and not its version',
      },
    ],
    lower: () => ({}),
  },
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
  // Rendered by `after`, in the pods that wait for this workload.
  gate: {
    support: 'bounded',
    differences: [
      {
        when: (gate, { run, entrypoint }) =>
          run === 'once' && gate.kind === 'check' && runs(gate.check, entrypoint),
        note: 'Each pod that waits for a repeatable migration runs the command of the migration again, and starts after it',
      },
    ],
    limit: unseenEnd,
    reason: 'a pod that waits for a migration cannot see whether it has ended',
    lower: () => ({}),
  },
  after: {
    support: 'emulated',
    differences: [
      {
        when: (after) => after.some(({ until }) => until === 'started'),
        note: 'A component that waits for one with Health.none starts at the same time, and has to try again until that one answers',
      },
    ],
    lower: lowerAfter,
  },
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

function lowerAfter(after: readonly Dependency[], workload: Workload, context: Context) {
  return merge(...after.map((dependency) => gateContainer(workload, dependency.workload, context)));
}

/**
 * An init container that waits until the check of another workload passes. A check that is a command runs in the image
 * of that other workload. The check of a migration also gets the migration's variables, files and secrets. Any other check
 * runs in the image of the waiting workload, so that a new image of the other workload does not restart the waiting pods;
 * if that image has no shell, in the toolbox. Without a shell, nothing repeats a command but the kubelet, which restarts
 * the init container until it succeeds.
 */
function gateContainer(waiting: Workload, name: string, context: Context) {
  const dependency = workloadOf(context, name);
  const { gate, run } = dependency;
  if (gate.kind !== 'check' || isCarriedByCluster(context, dependency)) return {};
  const isCommand = gate.check.kind === 'command';
  const asking = isCommand ? dependency : waiting;
  const { shell } = asking;
  const memory = { request: gate.memory, limit: gate.memory };
  const parts: readonly Fragment[] = [
    ...(run === 'once'
      ? [
          ...inputsOf({ ...dependency, cpu: waiting.cpu, memory }, waiting, context),
          identity(dependency, context),
        ]
      : [lowerScratch([], { ...asking, root: 'read-only' }, context), identity(askingAs(asking), context)]),
    // An init container with the same CPU as the waiting container does not raise the CPU request of the pod.
    lowerCpu(waiting.cpu, waiting, context),
    lowerMemory(memory, waiting, context),
  ];
  const { container, pod } = merge(...parts);
  const prefixed = <Named extends { readonly name: string }>(named: readonly Named[] = []): Named[] =>
    named.map((one) => ({ ...one, name: `${name}-${one.name}` }));
  const asked = checkCommand(gate.check, name, timeoutOf(dependency));
  const check =
    isCommand && shell.kind === 'none'
      ? asked
      : ['sh', '-c', 'until "$@"; do sleep 1; done', 'wait', ...asked];
  const mounts = prefixed(container?.volumeMounts);
  const initContainer: PodContainer = {
    name: `wait-${name}`,
    image: imageName(!isCommand && shell.kind === 'none' ? shell.toolbox : asking.image),
    imagePullPolicy: 'Always',
    command: check.map(escape),
    ...container,
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
  const before = prefixed(pod?.initContainers).map((one) => ({
    ...one,
    volumeMounts: prefixed(one.volumeMounts),
  }));
  return {
    pod: { initContainers: [...before, initContainer], volumes: prefixed(pod?.volumes) },
  } satisfies Fragment;
}

// To ask whether another workload is ready, nobody needs root.
function askingAs({ user, privilege }: Workload): Rights {
  return onlyUser(privilege.kind === 'root' ? toUser() : user);
}

/** The time that the check of a workload may take. A command has no limit. */
function timeoutOf({ readiness }: Workload): Duration {
  return readiness.kind === 'probe' ? readiness.timeout : { milliseconds: 5000 };
}

function inputsOf(dependency: Workload, waiting: Workload, context: Context): Fragment[] {
  const { variables, files, secretFiles, addedSecrets, scratch, workingDirectory } = dependency;
  // The pod of a workload that runs as root has no group for its files.
  const asIn = { ...dependency, privilege: waiting.privilege };
  return [
    lowerWorkingDirectory(workingDirectory),
    lowerEnvironment(variables, dependency, context),
    lowerFiles(files, asIn, context),
    lowerSecretFiles(secretFiles, asIn, context),
    lowerAddedSecrets(addedSecrets, asIn, context),
    lowerScratch(scratch, dependency, context),
  ];
}
