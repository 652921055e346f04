import type { Check } from '../../constructs/model/health';
import { imageName } from '../../constructs/model/image';
import type { Shell } from '../../constructs/model/shell';
import type { ApplicationModel, Dependency, Workload } from '../../constructs/model/workload';
import type { Lowering } from '../../constructs/target/lowering';
import type { Container } from '../container';

/** How Docker runs an image without a shell. */
export const loweringOfShell = {
  support: 'refused',
  when: (_, workload) => isUncheckable(workload),
  reason:
    'the engine runs a health check in the container, and an image without a shell has nothing that can ask by HTTP or TCP; without a check, others wait only until it has started',
  fix:
    "health: Health.command([…]) with a program of the image, Health.grpc() if the image has grpc_health_probe, Health.none('why'), or " +
    "shell: 'sh' if the image has a shell",
  lower: lowerShell,
} satisfies Lowering<Workload['shell'], Partial<Container>, ApplicationModel>;

/** Whether the engine cannot run the readiness check of a workload, because its image has no shell. */
export function isUncheckable({ shell, readiness }: Pick<Workload, 'shell' | 'readiness'>): boolean {
  return shell.kind === 'none' && readiness.kind === 'probe' && needsShell(readiness.check);
}

// A gRPC check has a program of its own, grpc_health_probe.
function needsShell({ kind }: Check): boolean {
  return kind === 'http' || kind === 'tcp';
}

/** The image of the helper containers of a workload. */
function lowerShell(shell: Shell): Pick<Container, 'toolbox'> {
  return { toolbox: shell.kind === 'none' ? imageName(shell.toolbox) : '' };
}

/** What a container waits for. Where the environment accepts that a check cannot run, the start has to do. */
export function lowerAfter(
  after: readonly Dependency[],
  _: Workload,
  { workloads }: ApplicationModel,
): Pick<Container, 'after'> {
  return {
    after: after.map(({ workload: name, until }) => {
      const dependency = workloads.find((one) => one.name === name);
      return { name, until: dependency && isUncheckable(dependency) ? 'started' : until };
    }),
  };
}
