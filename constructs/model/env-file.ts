/** What a file of `NAME=value` lines says. Without problems, every reader of the table below agrees on it. */
export interface EnvFile {
  /** The value of each variable by name. An empty value is left out: it is missing. */
  readonly values: Readonly<Record<string, string>>;
  /** The number of the line that has an empty value, by name. */
  readonly empty: Readonly<Record<string, number>>;
  readonly problems: readonly EnvFileProblem[];
  /** Whether `kubectl create secret --from-env-file` reads the same values. It takes quotes as a part of the value. */
  readonly isPlain: boolean;
}

/** A line that programs read differently. It contains no value. */
export interface EnvFileProblem {
  /** The number of the line, from 1. */
  readonly line: number;
  /** What is wrong with it, such as `API_KEY has a # outside of quotes, which starts a comment for some programs`. */
  readonly problem: string;
  /** What to write instead, such as `the value in single quotes`. */
  readonly write: string;
}

/** A line of the file, or several if a quoted value has several lines. */
interface Entry {
  readonly line: number;
  readonly name: string;
  readonly value: string;
  readonly isPlain: boolean;
}

type Wrong = Pick<EnvFileProblem, 'problem' | 'write'>;

/**
 * Reads a file of `NAME=value` lines. Several programs read the same file, and they differ. Measured with docker compose
 * 2.40 (`--env-file`), kubectl 1.32 (`--from-env-file`) and Node.js 20 (`util.parseEnv`):
 *
 * | line             | compose         | kubectl       | Node.js    | here                                  |
 * |------------------|-----------------|---------------|------------|---------------------------------------|
 * | A=abc            | abc             | abc           | abc        | abc                                   |
 * | A="abc", A='abc' | abc             | with quotes   | abc        | abc; not for --from-env-file          |
 * | several lines    | if quoted       | an error      | if quoted  | if quoted; not for --from-env-file    |
 * | A="a\nb"         | a line break    | backslash, n  | line break | a line break; not for --from-env-file |
 * | A="a\tb"         | a tab           | backslash, t  | as kubectl | refused                               |
 * | export A=abc     | abc             | an error      | abc        | abc; not for --from-env-file          |
 * | A = abc          | abc             | an error      | abc        | abc; not for --from-env-file          |
 * | spaces at an end | left out        | kept          | left out   | left out; not for --from-env-file     |
 * | A=a#b            | a#b             | a#b           | a          | refused                               |
 * | A=a # b          | a               | a # b         | a          | refused                               |
 * | A=a$b, A="a$b"   | replaces $b     | a$b           | a$b        | refused; A='a$b' is right             |
 * | A=`abc`          | with backticks  | as compose    | abc        | refused                               |
 * | A                | of the shell    | empty         | no line    | refused                               |
 * | A: abc           | abc             | an error      | no line    | refused                               |
 * | A=1, then A=2    | 2               | an error      | 2          | refused                               |
 * | byte order mark  | left out        | left out      | in A       | left out                              |
 * | CRLF             | a line break    | a line break  | line break | a line break                          |
 * | A=               | empty           | empty         | empty      | missing                               |
 */
export function parseEnvFile(text: string): EnvFile {
  const lines = text
    .replace(/^\u{feff}/u, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  const entries: Entry[] = [];
  const problems: EnvFileProblem[] = [];
  for (let index = 0; index < lines.length;) {
    const { count, entry, wrong } = readEntry(lines.slice(index), index + 1);
    const first = entry && entries.find(({ name }) => name === entry.name);
    if (entry) entries.push(entry);
    if (wrong) problems.push({ line: index + 1, ...wrong });
    else if (first)
      problems.push({
        line: index + 1,
        problem: `${first.name} is on line ${first.line} already`,
        write: 'it once',
      });
    index += count;
  }
  return {
    values: Object.fromEntries(entries.flatMap(({ name, value }) => (value === '' ? [] : [[name, value]]))),
    empty: Object.fromEntries(
      entries.flatMap(({ name, value, line }) => (value === '' ? [[name, line]] : [])),
    ),
    problems,
    isPlain: entries.every((entry) => entry.isPlain),
  };
}

const withoutComment = 'it without the rest of the line. A comment is a line of its own that starts with #';

/** Reads what starts on the first of these lines. `count` is its number of lines. */
function readEntry(
  lines: readonly string[],
  line: number,
): { readonly count: number; readonly entry?: Entry; readonly wrong?: Wrong } {
  const [first = ''] = lines;
  if (/^[ \t]*(#.*)?$/.test(first)) return { count: 1 };
  const found = /^[ \t]*((?:export[ \t]+)?)([A-Za-z_][\w.-]*)([ \t]*)=( *)(.*)$/s.exec(first);
  if (!found) return { count: linesWithoutName(lines), wrong: nameless };
  const [, exported = '', name = '', before = '', after = '', rest = ''] = found;
  const wrong = (problem: string, write: string): Wrong => ({ problem: `${name} ${problem}`, write });
  const [quote = ''] = /^["']/.exec(rest) ?? [];
  if (quote === '') {
    const value = rest.replace(/ +$/, '');
    const isPlain = [exported, before, after].every((text) => text === '') && value === rest;
    const entry = { line, name, value, isPlain: isPlain && Buffer.byteLength(first) < longestLine };
    const problem = wrongCharacters(value) ?? wrongUnquoted(value);
    return { count: 1, entry, ...(problem && { wrong: wrong(...problem) }) };
  }
  const text = [rest.slice(1), ...lines.slice(1)].join('\n');
  const end = text.indexOf(quote);
  if (end < 0) return { count: 1, wrong: wrong(`has no second ${quote}`, `${quote} after the value`) };
  const value = text.slice(0, end);
  const count = value.split('\n').length;
  const [tail = ''] = text.slice(end + 1).split('\n');
  const problem =
    wrongCharacters(value) ??
    (value.endsWith('\\') ? backslash : undefined) ??
    (quote === '"' ? wrongInQuotes(value) : undefined) ??
    (tail.trim() === '' ? undefined : ([`has text after the second ${quote}`, withoutComment] as const));
  const read = quote === '"' ? value.replaceAll('\\n', '\n') : value;
  return {
    count,
    entry: { line, name, value: read, isPlain: false },
    ...(problem && { wrong: wrong(...problem) }),
  };
}

/** kubectl ignores a longer line without a word. */
const longestLine = 64 * 1024;

// No part of the line is in the message: it may be a line of a private key without quotes.
const nameless: Wrong = {
  problem: 'this is not NAME=value',
  write: 'a name of letters, digits and _, then = and the value, and a value of several lines in quotes',
};

/** The number of lines at the start that are not NAME=value, such as those of a certificate without quotes. */
function linesWithoutName(lines: readonly string[]): number {
  const next = lines.findIndex((line) => /^[ \t]*(#|$)|=/.test(line));
  return next < 1 ? 1 : next;
}

/** A problem, and what to write. */
type Problem = readonly [problem: string, write: string];

const quoted = "the value in single quotes, such as NAME='a$b#c'";
const dollar: Problem = ['has a $, which docker compose replaces with a variable', quoted];
const backslash: Problem = [
  'has a backslash in quotes, which programs read differently',
  'the value without quotes',
];

function wrongCharacters(value: string): Problem | undefined {
  if (value.includes('\u{fffd}'))
    return ['has a character that is not UTF-8', 'the file in the encoding UTF-8'];
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(value))
    return ['has a control character', 'the value without it, or encoded, for example in Base64'];
  return undefined;
}

function wrongUnquoted(value: string): Problem | undefined {
  if (value !== value.trim()) return ['starts or ends with a special space', 'it without that space'];
  if (value.includes('#'))
    return ['has a # outside of quotes, which starts a comment for some programs', quoted];
  if (/\$[A-Za-z_{$]/.test(value)) return dollar;
  if (value.startsWith('`')) return ['starts with a backtick, which is a quote for some programs', quoted];
  return undefined;
}

function wrongInQuotes(value: string): Problem | undefined {
  if (/\$[A-Za-z_{$]/.test(value)) return dollar;
  return /\\(?!n)|\\\\/.test(value) ? backslash : undefined;
}
