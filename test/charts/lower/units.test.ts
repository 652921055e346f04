import fc from 'fast-check';
import { cpuQuantity, sizeQuantity } from '../../../charts/lower/units';
import { Cpu, Size } from 'catamaran';
import { toSeconds } from '../../../constructs/model/units';

const factors: Readonly<Record<string, number>> = {
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  m: 0.001,
  '': 1,
};

/** Reads a quantity as the API does, for the suffixes that we write. */
function parse(quantity: string): number {
  const [, amount = '', suffix = ''] = /^(\d+)([KMGT]i|m|)$/.exec(quantity) ?? [];
  return Number(amount) * (factors[suffix] ?? Number.NaN);
}

const bytes = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 52 }),
  fc
    .tuple(fc.integer({ min: 0, max: 4096 }), fc.constantFrom(1, 2, 3))
    .map(([n, power]) => n * 1024 ** power),
);

test('Kubernetes reads a written size as the same size', () => {
  fc.assert(
    fc.property(bytes, (amount) => {
      expect(parse(sizeQuantity(Size.bytes(amount)))).toBe(amount);
    }),
  );
});

test('a size is written with the largest unit that divides it, as the API writes it back', () => {
  fc.assert(
    fc.property(bytes, (amount) => {
      const [, digits, suffix] = /^(\d+)(.*)$/.exec(sizeQuantity(Size.bytes(amount))) ?? [];
      expect(suffix === 'Ti' || amount === 0 || Number(digits) % 1024 !== 0).toBe(true);
    }),
  );
});

test('Kubernetes reads a written number of processors as the same number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256_000 }), (amount) => {
      expect(Math.round(parse(cpuQuantity(Cpu.millicores(amount))) * 1000)).toBe(amount);
    }),
  );
});

test.each([
  [Size.bytes(1), '1'],
  [Size.bytes(1023), '1023'],
  [Size.kibibytes(1), '1Ki'],
  [Size.mebibytes(1.5), '1536Ki'],
  [Size.mebibytes(1024), '1Gi'],
  [Size.gibibytes(2048), '2Ti'],
])('%p is written as %s', (size, quantity) => {
  expect(sizeQuantity(size)).toBe(quantity);
});

test.each([
  [Cpu.cores(2), '2'],
  [Cpu.cores(0.1), '100m'],
  [Cpu.cores(0.29), '290m'],
  [Cpu.millicores(1500), '1500m'],
])('%p is written as %s', (cpu, quantity) => {
  expect(cpuQuantity(cpu)).toBe(quantity);
});

test('a duration is rounded up to whole seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_600_000 }), (milliseconds) => {
      const seconds = toSeconds({ milliseconds });
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds * 1000 - milliseconds).toBeGreaterThanOrEqual(0);
      expect(seconds * 1000 - milliseconds).toBeLessThan(1000);
    }),
  );
});
