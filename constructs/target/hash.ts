import { createHmac, hash } from 'node:crypto';

/** Eight hexadecimal digits that change with the data; the order of an object's keys counts. */
export function contentHash(data: unknown): string {
  return hash('sha256', JSON.stringify(data), 'hex').slice(0, 8);
}

/** A name without the hash of its content, which nobody writes and which some names end with. */
export function withoutHash(name: string): string {
  return name.replace(/-[0-9a-f]{8}$/, '');
}

/**
 * Eight hexadecimal digits that change with secret data. They may be seen: nobody can test a guess against
 * them who does not have the key.
 */
export function keyedHash(key: string, data: unknown): string {
  return createHmac('sha256', key).update(JSON.stringify(data)).digest('hex').slice(0, 8);
}
