import type { Allocation, Cpu, Size } from '../../constructs/model/units';
import type { Workload } from '../../constructs/model/workload';
import type { Context, Fragment } from './context';
import { cpuQuantity, sizeQuantity } from './units';

/** The CPU request and limit of a container. */
export function lowerCpu(cpu: Allocation<Cpu>, _: Workload, context: Context) {
  const { request, limit } = reserved(cpu, context);
  return {
    container: {
      resources: { requests: { cpu: cpuQuantity(request) }, limits: { cpu: cpuQuantity(limit) } },
    },
  } satisfies Fragment;
}

/** The memory request and limit of a container. */
export function lowerMemory(size: Allocation<Size>, _: Workload, context: Context) {
  const { request, limit } = reserved(size, context);
  const memory = { requests: { memory: sizeQuantity(request) }, limits: { memory: sizeQuantity(limit) } };
  return { container: { resources: memory } } satisfies Fragment;
}

// Kubernetes puts a pod into the quality-of-service class Guaranteed only if its requests equal its limits.
function reserved<Unit>({ request, limit }: Allocation<Unit>, { environment }: Context): Allocation<Unit> {
  return environment.qualityOfService === 'guaranteed' ? { request: limit, limit } : { request, limit };
}
