import type { Check } from '../../constructs/model/health';
import { imageName } from '../../constructs/model/image';
import type { Shell } from '../../constructs/model/shell';
import type { ApplicationModel, Dependency, Workload } from '../../constructs/model/workload';
import type { Container } from '../container';

/** Whether the engine cannot run the readiness check of a workload, because its image has no shell. */
export function isUncheckable({ shell, readiness }: Pick<Workload, 'shell' | 'readiness'>): boolean {
  return shell.kind === 'none' && readiness.kind === 'probe' && needsShell(readiness.check);
}

// A gRPC check has a program of its own, grpc_health_probe.
function needsShell({ kind }: Check): boolean {
  return kind === 'http' || kind === 'tcp';
}

/** The image of the helper containers of a workload. */
export function lowerShell(shell: Shell): Pick<Container, 'toolbox'> {
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
