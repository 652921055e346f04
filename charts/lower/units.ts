import type { Cpu, Size } from '../../constructs/model/units';
import { inUnits } from '../../constructs/target/amounts';

/**
 * A size in the API's own form, so that nothing differs when it is read back.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function sizeQuantity({ bytes }: Size): string {
  return String(inUnits(bytes, ['Ki', 'Mi', 'Gi', 'Ti']));
}

/** Computing power in the API's own form. */
export function cpuQuantity({ millicores }: Cpu): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}
