import { placeOf } from '../code-place';
import type { Environment } from '../environment/environment';
import type { Issue } from '../issue';
import { groupedBy } from '../model/sorted';

/** The issues of an application in one environment; also if it has none. */
export interface Found {
  readonly application: string;
  readonly environment: Environment;
  readonly issues: readonly Issue[];
}

/** An issue, and the application and environment that it was found in. */
interface Occurrence {
  readonly application: string;
  readonly environment: Environment;
  readonly issue: Issue;
}

/**
 * All issues, each once. An issue of several environments is the same if it differs only in the name and the place of the
 * environment, or in the number of characters that a name is too long: the name of the environment is a part of it.
 *
 * @param print the line of an issue, with its place
 */
export function once(found: readonly Found[], print: (issue: Issue) => string): Issue[] {
  const occurrences = found.flatMap(({ issues, ...place }) => issues.map((issue) => ({ ...place, issue })));
  const groups = groupedBy(occurrences, (one) => `${one.application}\n${keyOf(one, print)}`);
  return [...groups.values()].map((group) => {
    const all = found.filter(({ application }) => application === group[0]?.application);
    return merged(group, new Set(all.map(({ environment }) => environment.name)).size);
  });
}

function keyOf({ issue, environment }: Occurrence, print: (issue: Issue) => string): string {
  const { place, ...placeless } = { ...issue, path: pathWithout(issue, environment) };
  const line = print(place && place !== placeOf(environment) ? { ...placeless, place } : placeless);
  return withNames(line, environment.name, ['*']).replace(/\d+ (characters?) shorter/, '* shorter');
}

function merged(occurrences: readonly Occurrence[], count: number): Issue {
  const [first, ...others] = occurrences.toSorted((left, right) => excess(right.issue) - excess(left.issue));
  if (!first) throw new Error('a group of issues is empty');
  const own = first.environment.name;
  const names = [...new Set(occurrences.map(({ environment }) => environment.name))];
  if (others.length === 0 || names.length === 1) return first.issue;
  const { path, write, sentence } = first.issue;
  const base = pathWithout(first.issue, first.environment);
  const some = base === path || names.length === count ? base : `${base} (${names.join(', ')})`;
  return {
    ...first.issue,
    path: some,
    write: withNames(write, own, names),
    ...(sentence !== undefined && { sentence: withNames(sentence, own, names) }),
  };
}

/** The path without the environment, which stands in parentheses at its end. */
function pathWithout({ path }: Issue, { name }: Environment): string {
  const end = ` (${name})`;
  return path.endsWith(end) ? path.slice(0, -end.length) : path;
}

/** A text with several names in the places of one, where it is a word of its own. */
function withNames(text: string, name: string, names: readonly string[]): string {
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const pattern = new RegExp(String.raw`(environment )?(?<![\w/"'-])${word}(?![\w/"'-])`, 'g');
  return text.replace(
    pattern,
    (_, noun?: string) =>
      `${noun === undefined ? '' : names.length > 1 ? 'environments ' : noun}${names.join(', ')}`,
  );
}

function excess({ write }: Issue): number {
  return Number(/(\d+) characters? shorter/.exec(write)?.[1] ?? 0);
}
