import { contentHash } from '../constructs/target/hash';
import type { Files } from './container';

/** Files in one folder, under a name that changes with them. */
export function identified(label: string, path: string, files: Readonly<Record<string, string>>): Files {
  return { id: `${label}-${contentHash([path, files])}`, path, files };
}
