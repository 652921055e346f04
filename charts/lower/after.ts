import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { imageName } from '../../constructs/model/image';
import type { Duration } from '../../constructs/model/units';
import { unstatedUser } from '../../constructs/model/user';
import type { Dependency, Workload } from '../../constructs/model/workload';
import { checkCommand } from '../../constructs/target/check/command';
import type { Lowering } from '../../constructs/target/lowering';
import { merge } from '../../constructs/target/merge';
import type { PodContainer } from '../manifest';
import { isCarriedByCluster, workloadOf, type Context, type Fragment } from './context';
import { lowerEnvironment } from './environment';
import { escape } from './expansion';
import { lowerAddedSecrets, lowerFiles, lowerSecretFiles } from './files';
import { runs, unseenEnd } from './health';
import { lowerWorkingDirectory } from './process';
import { lowerCpu, lowerMemory } from './resources';
import { lowerScratch } from './storage';
import { identity, onlyUser, type Rights } from './user';

/** How Kubernetes opens the gate of a workload. It is rendered by `after`, in the pods that wait for the workload. */
export const loweringOfGate = {
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
} satisfies Lowering<Workload['gate'], Fragment, Context, KubernetesSpec>;

/** How the pods of a workload wait for other workloads. */
export const loweringOfAfter = {
  support: 'emulated',
  differences: [
    {
      when: (after) => after.some(({ until }) => until === 'started'),
      note: 'A component that waits for one with Health.none starts at the same time, and has to try again until that one answers',
    },
  ],
  lower: lowerAfter,
} satisfies Lowering<Workload['after'], Fragment, Context, KubernetesSpec>;

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
  return onlyUser(privilege.kind === 'root' ? unstatedUser : user);
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
