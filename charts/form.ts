import { isMapping } from '../constructs/model/data';
import type { Problem } from '../constructs/shape/kind';

/**
 * Where the form of changed data differs from that of the original: another value instead of a list, or instead of an
 * object. Whoever reads the data relies on its form. A field may be left out or added, and texts and numbers may
 * replace each other.
 */
export function formProblems(before: unknown, after: unknown, field = ''): Problem[] {
  if (after === undefined) return [];
  if (Array.isArray(before)) return listProblems(before, after, field);
  if (!isMapping(before)) return [];
  if (!isMapping(after)) return [{ field, got: after, write: 'an object' }];
  return Object.entries(before).flatMap(([key, item]) =>
    formProblems(item, after[key], field === '' ? key : `${field}.${key}`),
  );
}

function listProblems(before: readonly unknown[], after: unknown, field: string): Problem[] {
  if (!Array.isArray(after)) return [{ field, got: after, write: 'a list' }];
  const [first] = before;
  if (before.length === 0 || !before.every(isMapping)) return [];
  return after.flatMap((item: unknown, index) =>
    formProblems(before[index] ?? plainForm(first), item, `${field}[${index}]`),
  );
}

/** The form of an item that is added to a list of objects: any object. */
function plainForm(item: unknown): unknown {
  return isMapping(item) ? {} : item;
}
