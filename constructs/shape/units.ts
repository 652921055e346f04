import { isPlainMapping } from '../model/data';
import type { Allocation, Cpu, Duration, Size } from '../model/units';
import { kindOf, type Kind } from './kind';
import { object } from './object';

/** An amount of memory or storage. */
export const size: Kind<Size> = unit('bytes', sizeFor, 'a size, such as Size.mebibytes(256)');

/** A length of time. */
export const duration: Kind<Duration> = unit(
  'milliseconds',
  durationFor,
  'a duration, such as Duration.seconds(30)',
);

/** An amount of CPU. */
export const cpu: Kind<Cpu> = unit('millicores', cpuFor, 'an amount of CPU, such as Cpu.millicores(500)');

/** One amount for both request and limit, or one for each. */
export const memoryAmount = amount(size);
export const cpuAmount = amount(cpu);

function unit<Unit>(key: string, suggest: (value: unknown) => string | undefined, write: string): Kind<Unit> {
  return kindOf((value) => {
    if (isPlainMapping(value) && Number.isFinite(value[key]) && Object.keys(value).length === 1)
      return undefined;
    return suggest(value) ?? write;
  });
}

function amount<Unit>(one: Kind<Unit>): Kind<Unit | Allocation<Unit>> {
  const both = object<Allocation<Unit>>(
    { request: one, limit: one },
    { title: 'a part of an amount', write: 'one amount, or { request: …, limit: … }' },
  );
  const isSplit = (value: unknown) =>
    isPlainMapping(value) && Object.keys(value).some((key) => /^(request|limit)/i.test(key));
  return {
    optional: false,
    check: (value, field, problems) => {
      (isSplit(value) ? both : one).check(value, field, problems);
    },
  };
}

// Docker and people write 512m, 512M and 512MB, Kubernetes 512Mi: all mean a memory of about this size.
function sizeFor(value: unknown): string | undefined {
  const [, digits, letter = ''] =
    /^\s*(\d{1,12}(?:\.\d{1,3})?)\s*([kmgt]?)(?:i?b)?i?\s*$/i.exec(plainText(value)) ?? [];
  if (digits === undefined) return undefined;
  const count = Number(digits);
  const mebibyte = 1024 ** 2;
  switch (letter.toLowerCase()) {
    case 'k':
      return `Size.kibibytes(${count})`;
    case 'm':
      return `Size.mebibytes(${count})`;
    case 'g':
      return `Size.gibibytes(${count})`;
    case 't':
      return `Size.gibibytes(${count * 1024})`;
    default:
      return count < mebibyte ? `Size.mebibytes(${count})` : wholeSize(count);
  }
}

function wholeSize(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return Number.isInteger(mebibytes) ? `Size.mebibytes(${mebibytes})` : `Size.bytes(${bytes})`;
}

function cpuFor(value: unknown): string | undefined {
  const [, digits, milli] = /^\s*(\d{1,6}(?:\.\d{1,6})?)\s*(m?)\s*$/.exec(plainText(value)) ?? [];
  if (digits === undefined) return undefined;
  // Nobody has 100 cores for one program, but many people count in millicores.
  const inMillicores = milli === 'm' || Number(digits) >= 100;
  return inMillicores ? `Cpu.millicores(${Number(digits)})` : `Cpu.cores(${Number(digits)})`;
}

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function durationFor(value: unknown): string | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) return undefined;
    // Other libraries take milliseconds: 30000 is half a minute.
    return `Duration.seconds(${value >= 1000 && value % 1000 === 0 ? value / 1000 : value})`;
  }
  const written = plainText(value).trim();
  if (/^\d{1,9}$/.test(written)) return durationFor(Number(written));
  const parts = [...written.matchAll(/(\d{1,9})\s*(ms|s|m|h|d)[a-z]*\s*/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== written) return undefined;
  const sum = parts.reduce(
    (total, [, count, name = '']) => total + Number(count) * (milliseconds[name] ?? 0),
    0,
  );
  if (sum % 60_000 === 0) return `Duration.minutes(${sum / 60_000})`;
  return sum % 1000 === 0 ? `Duration.seconds(${sum / 1000})` : `Duration.milliseconds(${sum})`;
}

function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
