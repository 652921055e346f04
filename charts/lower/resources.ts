import type { Allocation, Cpu, Size } from '../../constructs/model/units';
import type { Workload } from '../../constructs/model/workload';
import type { Context, Fragment } from './context';
import { cpuQuantity, sizeQuantity } from './units';

/** Computing power that a container is sure to get, and what it can never exceed. */
export function lowerCpu(cpu: Allocation<Cpu>, _: Workload, context: Context): Fragment {
  const { request, limit } = reserved(cpu, context);
  return {
    container: {
      resources: { requests: { cpu: cpuQuantity(request) }, limits: { cpu: cpuQuantity(limit) } },
    },
  };
}

/** Memory that a container is sure to get, and what it can never exceed. */
export function lowerMemory(size: Allocation<Size>, _: Workload, context: Context): Fragment {
  const { request, limit } = reserved(size, context);
  const memory = { requests: { memory: sizeQuantity(request) }, limits: { memory: sizeQuantity(limit) } };
  return { container: { resources: memory } };
}

function reserved<Unit>({ request, limit }: Allocation<Unit>, { environment }: Context): Allocation<Unit> {
  return environment.qualityOfService === 'guaranteed' ? { request: limit, limit } : { request, limit };
}
