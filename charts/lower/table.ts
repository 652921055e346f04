import { checkCommand } from '../../constructs/target/check';
import type { LoweringTable } from '../../constructs/target/lowering';
import { imageName } from '../../constructs/model/image';
import type { Dependency, Workload } from '../../constructs/model/workload';
import { isCarriedByCluster, manifest, workloadOf, type Context, type Fragment } from './context';
import { escape } from './expansion';
import { lowerEnvironment } from './environment';
import { lowerGrace, lowerLiveness, lowerReadiness } from './health';
import { lowerConnections, lowerExposure, lowerPorts } from './network';
import { lowerAutoscaling, lowerReplicas, lowerRun, lowerSchedule } from './scaling';
import { lowerCpu, lowerMemory } from './resources';
import { lowerRoutes, lowerTls } from './routes';
import { lowerFiles, lowerScratch, lowerSecretFiles, lowerVolumes } from './storage';
import { identity, lowerUser } from './user';
import type { PodContainer } from '../manifest';
import { merge } from '../../constructs/target/merge';

/** What Kubernetes does with every field of a workload. */
export const kubernetesTable: LoweringTable<Fragment, Context> = {
  name: { support: 'native', lower: lowerName },
  image: { support: 'native', lower: lowerImage },
  run: { support: 'native', lower: lowerRun },
  schedule: {
    support: 'emulated',
    when: ({ kind }) => kind !== 'none',
    note: 'a node starts what failed again before its Job counts: after the last of the retries, one more begins and is stopped',
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
  user: { support: 'native', lower: lowerUser },
  cpu: { support: 'native', lower: lowerCpu },
  memory: { support: 'native', lower: lowerMemory },
  processes: {
    support: 'emulated',
    when: () => true,
    note: 'a pod cannot set its own limit: the podPidsLimit of its node holds',
    lower: () => ({}),
  },
  variables: { support: 'native', lower: lowerEnvironment },
  ports: { support: 'native', lower: lowerPorts },
  exposure: {
    support: 'refused',
    when: ({ kind }) => kind === 'host-port',
    reason: 'Pod Security restricted forbids host ports',
    fix: 'expose: nodePort(…) or loadBalancer(…)',
    lower: lowerExposure,
  },
  readiness: { support: 'native', lower: lowerReadiness },
  liveness: { support: 'native', lower: lowerLiveness },
  // Read by those who check what becomes of the other fields.
  exceptions: { support: 'native', lower: () => ({}) },
  grace: { support: 'native', lower: lowerGrace },
  // A part of how a release replaces the one before it, see `run`.
  deadline: {
    support: 'emulated',
    when: ({ kind }, { run }) => kind === 'after' && run === 'stateful',
    note: 'a StatefulSet has no deadline: its new pod is waited for, as long as it takes',
    lower: () => ({}),
  },
  scratch: { support: 'native', lower: lowerScratch },
  files: { support: 'native', lower: lowerFiles },
  routes: { support: 'native', lower: lowerRoutes },
  tls: { support: 'native', lower: lowerTls },
  secretFiles: { support: 'native', lower: lowerSecretFiles },
  volumes: { support: 'native', lower: lowerVolumes },
  bindMounts: {
    support: 'refused',
    when: (bindMounts) => bindMounts.length > 0,
    reason: 'the nodes of a cluster have no folder of the application',
    fix: 'files, volumes or an image that has the folder, and bindMounts in the components of docker() alone',
    lower: () => ({}),
  },
  connections: {
    support: 'emulated',
    when: (connections) => connections.some(({ kind }) => kind === 'external'),
    note: 'a network policy knows no host names: the port is open to all addresses of the given blocks',
    lower: lowerConnections,
  },
  // What a gate asks is rendered into those that wait for it.
  gate: { support: 'native', lower: () => ({}) },
  after: { support: 'native', lower: lowerAfter },
};

function lowerName(name: string, _: unknown, context: Context): Fragment {
  const account = manifest(context, 'v1', 'ServiceAccount', name, { automountServiceAccountToken: false });
  return { container: { name }, pod: { serviceAccountName: name }, objects: [account] };
}

function lowerImage(image: Workload['image'], _: unknown, { environment }: Context): Fragment {
  return {
    container: { image: imageName(image), imagePullPolicy: 'Always' },
    ...(environment.pullSecret !== undefined && {
      pod: { imagePullSecrets: [{ name: environment.pullSecret }] },
    }),
  };
}

function lowerAfter(after: readonly Dependency[], workload: Workload, context: Context): Fragment {
  const gates = after.map((dependency) => gateContainer(workload, dependency.workload, context));
  return merge<Fragment>(...gates);
}

/**
 * An init container that waits for another workload with that workload's own check. A command runs from the
 * image that has it, a migration's with its variables, files and secrets; any other check from the image of
 * the one that waits, which so does not restart when the other has a new image.
 */
function gateContainer(waiting: Workload, name: string, context: Context): Fragment {
  const dependency = workloadOf(context, name);
  const { gate, run } = dependency;
  if (gate.kind === 'none' || isCarriedByCluster(context, dependency)) return {};
  const { image, user } = gate.check.kind === 'command' ? dependency : waiting;
  const memory = { request: gate.memory, limit: gate.memory };
  const parts = [
    ...(run === 'once' ? whatItReads(dependency, context) : [lowerScratch([])]),
    identity(user),
    // No more than the one that waits: the pod needs no bigger place for its gates.
    lowerCpu(waiting.cpu, waiting, context),
    lowerMemory(memory, waiting, context),
  ];
  const { container, pod } = merge<Fragment>(...parts);
  const prefixed = <Named extends { readonly name: string }>(named: readonly Named[] = []): Named[] =>
    named.map((one) => ({ ...one, name: `${name}-${one.name}` }));
  const check = ['sh', '-c', 'until "$@"; do sleep 1; done', 'wait', ...checkCommand(gate.check, name)];
  const mounts = prefixed(container?.volumeMounts);
  const initContainer: PodContainer = {
    name: `wait-${name}`,
    image: imageName(image),
    imagePullPolicy: 'Always',
    command: check.map(escape),
    ...container,
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
  return { pod: { initContainers: [initContainer], volumes: prefixed(pod?.volumes) } };
}

function whatItReads(dependency: Workload, context: Context): Fragment[] {
  const { variables, files, secretFiles, scratch } = dependency;
  return [
    lowerEnvironment(variables, dependency, context),
    lowerFiles(files, dependency, context),
    lowerSecretFiles(secretFiles, dependency, context),
    lowerScratch(scratch),
  ];
}
