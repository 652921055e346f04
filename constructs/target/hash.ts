import { createHmac, hash } from 'node:crypto';

/** A hash of data, of eight hexadecimal digits. The order of keys changes the hash. */
export function contentHash(data: unknown): string {
  return hash('sha256', JSON.stringify(data), 'hex').slice(0, 8);
}

/** A name without the hash at its end, if it has one. Users write names without it. */
export function withoutHash(name: string): string {
  return name.replace(/-[0-9a-f]{8}$/, '');
}

/**
 * A hash of secret data, of eight hexadecimal digits. It may be visible: without the key, nobody can use it to test a
 * guess.
 */
export function keyedHash(key: string, data: unknown): string {
  return createHmac('sha256', key).update(JSON.stringify(data)).digest('hex').slice(0, 8);
}
