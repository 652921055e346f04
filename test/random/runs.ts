import fc from 'fast-check';

/** The same cases in every run, so that none fails by chance, unless somebody asks for others. */
export const seed = Number(process.env['CATAMARAN_RANDOM_SEED'] ?? 20_261_121);

/** The number of cases of a property, unless somebody asks for more. */
export function runs(usual: number): number {
  return Number(process.env['CATAMARAN_RANDOM_RUNS'] ?? usual);
}

/** Holds a property against random cases. One that fails is shrunk, and printed with the seed that made it. */
export function holds<Case extends [unknown, ...unknown[]]>(
  usual: number,
  property: fc.IProperty<Case>,
): void {
  fc.assert(property, { seed, numRuns: runs(usual) });
}
