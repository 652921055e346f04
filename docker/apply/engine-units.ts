/** Memory in whole mebibytes, the unit of the provider. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}

/** A number of CPUs in the format in which the provider reads it back, such as `1.0` or `0.5`. */
export function processors(cpus: number): string {
  return Number.isInteger(cpus) ? cpus.toFixed(1) : String(cpus);
}

/** What every helper container of root has that sets owners: it runs once, alone, and its log is read when it fails. */
export const ownerHelper = {
  user: '0:0',
  readOnly: true,
  networkMode: 'none',
  restart: 'no',
  mustRun: false,
  attach: true,
  logs: true,
};

/** The limits of a helper container that ends after a moment, in the units of the provider. */
export const small = { cpus: '0.1', memory: 16, memorySwap: 16 };
