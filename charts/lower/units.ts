import type { Cpu, Size } from '../../constructs/model/units';

const steps = [
  ['Ti', 1024 ** 4],
  ['Gi', 1024 ** 3],
  ['Mi', 1024 ** 2],
  ['Ki', 1024],
] as const;

/**
 * A size as the Kubernetes API writes it, so that a comparison with the cluster shows no difference.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function sizeQuantity({ bytes }: Size): string {
  const step = steps.find(([, unit]) => bytes >= unit && bytes % unit === 0);
  return step ? `${bytes / step[1]}${step[0]}` : String(bytes);
}

/** An amount of CPU as the Kubernetes API writes it. */
export function cpuQuantity({ millicores }: Cpu): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}
