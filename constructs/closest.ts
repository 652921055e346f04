/** The known word that a mistyped one most probably means; undefined if none is close. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  if (typed === '') return undefined;
  const longer = known.find((one) => one.toLowerCase().startsWith(typed));
  if (longer !== undefined) return longer;
  const [best] = known
    .map((one) => ({ one, edits: editsBetween(typed, one.toLowerCase()) }))
    .sort((left, right) => left.edits - right.edits);
  if (best && best.edits <= Math.min(3, word.length / 3)) return best.one;
  // `environment` means `env`.
  return known.find((one) => one.length >= 3 && typed.startsWith(one.toLowerCase()));
}

/**
 * The number of letters to add, remove, replace, or swap with the next one.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
 */
function editsBetween(from: string, to: string): number {
  const [left, right] = [Array.from(from), Array.from(to)];
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [index, letter] of left.entries()) {
    const next = [index + 1];
    for (const [column, other] of right.entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      const isSwapped = column > 0 && letter === right[column - 1] && other === left[index - 1];
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, swapped));
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
