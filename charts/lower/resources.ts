import type { Allocation, Cpu, Size } from '../../constructs/model/units';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Difference } from '../../constructs/target/lowering';
import type { Workload } from '../../constructs/model/workload';
import { isCarriedByCluster, type Context, type Fragment } from './context';
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

/** The note on requests that `qualityOfService: 'guaranteed'` raises. @param amount the amount as a number */
export function lifted<Unit>(amount: (unit: Unit) => number): Difference<Allocation<Unit>, KubernetesSpec> {
  return {
    when: ({ request, limit }, workload, environment) =>
      environment.qualityOfService === 'guaranteed' &&
      amount(request) < amount(limit) &&
      !isCarriedByCluster({ environment }, workload),
    note: 'With qualityOfService guaranteed, the request is raised to the limit',
  };
}

// Kubernetes puts a pod into the quality-of-service class Guaranteed only if its requests equal its limits.
function reserved<Unit>({ request, limit }: Allocation<Unit>, { environment }: Context): Allocation<Unit> {
  return environment.qualityOfService === 'guaranteed' ? { request: limit, limit } : { request, limit };
}
