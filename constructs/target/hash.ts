import { createHash } from 'node:crypto';

/** Eight hexadecimal digits that change with the data; the order of an object's keys counts. */
export function contentHash(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 8);
}
