import type { Cpu, Size } from '../../constructs/model/units';
import { inUnits } from '../../constructs/target/amounts';

/**
 * A size as the Kubernetes API writes it, so that a comparison with the cluster shows no difference.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function sizeQuantity({ bytes }: Size): string {
  return String(inUnits(bytes, ['Ki', 'Mi', 'Gi', 'Ti']));
}

/** An amount of CPU as the Kubernetes API writes it. */
export function cpuQuantity({ millicores }: Cpu): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}
