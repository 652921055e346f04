import { parseEnvFile } from '../../../constructs/model/env-file';

/** The values of a text without problems, and whether kubectl itself reads the same. */
const read = (text: string) => {
  const { values, isPlain, problems } = parseEnvFile(text);
  expect(problems).toEqual([]);
  return { values, isPlain };
};

const refused = (text: string) => {
  const { problems } = parseEnvFile(text);
  return problems.map(({ line, problem, write }) => `${line}: ${problem}: write ${write}`);
};

test.each([
  ['A=abc\n', 'abc'],
  ['A=abc', 'abc'],
  ['A=abc\r\nB=c\r\n', 'abc'],
  ['\ufeffA=abc\n', 'abc'],
  ['# a comment\n\n  \n  # another\n  A=b=c==\n', 'b=c=='],
  ['A=a"b\'c`d\n', 'a"b\'c`d'],
  ['A=a b  c\n', 'a b  c'],
  ['A=a\\nb\\\n', 'a\\nb\\'],
  ['A=$1.$(a)$\n', '$1.$(a)$'],
  ['A=é漢!%^&*()[]{};:,<>?|~\n', 'é漢!%^&*()[]{};:,<>?|~'],
])('%j is read alike by all programs', (text, value) => {
  const { values, isPlain } = read(text);
  expect([values['A'], isPlain]).toEqual([value, true]);
});

const pem = '-----BEGIN CERTIFICATE-----\nMIIB+/==\n-----END CERTIFICATE-----\n';

test.each([
  ['A="abc"\n', 'abc'],
  ["A='abc'\n", 'abc'],
  ['A="a # b"\n', 'a # b'],
  ['A=\'a$b ${c} # "d" \\n\'\n', 'a$b ${c} # "d" \\n'],
  [`A="${pem}"\nB=c\n`, pem],
  [`A='${pem}'\r\nB=c\n`, pem],
  [`A="${pem.replaceAll('\n', '\\n')}"\n`, pem],
  ['A="it\'s"  \n', "it's"],
  ['export A=abc\n', 'abc'],
  ['A = abc\n', 'abc'],
  ['A=abc  \n', 'abc'],
  [`A=${'x'.repeat(70_000)}\n`, 'x'.repeat(70_000)],
])('%j is read alike by all but kubectl', (text, value) => {
  const { values, isPlain } = read(text);
  expect([values['A'], isPlain]).toEqual([value, false]);
});

test('what follows a value of several lines is read', () => {
  expect(read(`A="${pem}"\nB=c\n`).values).toEqual({ A: pem, B: 'c' });
});

test.each(['A=\n', 'A=""\n', "A=''\n", 'A=  \n'])('the empty value of %j is missing', (text) => {
  expect(parseEnvFile(text)).toMatchObject({ values: {}, empty: { A: 1 }, problems: [] });
});

const single = "the value in single quotes, such as NAME='a$b#c'";
const name = 'a name of letters, digits and _, then = and the value, and a value of several lines in quotes';

test.each([
  ['A=a#b', `A has a # outside of quotes, which starts a comment for some programs: write ${single}`],
  ['A=a # b', `A has a # outside of quotes, which starts a comment for some programs: write ${single}`],
  ['A=a$b', `A has a $, which docker compose replaces with a variable: write ${single}`],
  ['A=a${b}', `A has a $, which docker compose replaces with a variable: write ${single}`],
  ['A=a$$b', `A has a $, which docker compose replaces with a variable: write ${single}`],
  ['A="a$b"', `A has a $, which docker compose replaces with a variable: write ${single}`],
  ['A=`abc`', `A starts with a backtick, which is a quote for some programs: write ${single}`],
  [
    'A="a\\tb"',
    'A has a backslash in quotes, which programs read differently: write the value without quotes',
  ],
  [
    'A="a\\"b"',
    'A has a backslash in quotes, which programs read differently: write the value without quotes',
  ],
  ["A='a\\'", 'A has a backslash in quotes, which programs read differently: write the value without quotes'],
  ['A="abc', 'A has no second ": write " after the value'],
  [
    "A='a' # b",
    "A has text after the second ': write it without the rest of the line. A comment is a line of its own that starts with #",
  ],
  ['A=a\0b', 'A has a control character: write the value without it, or encoded, for example in Base64'],
  ['A=a\rb', 'A has a control character: write the value without it, or encoded, for example in Base64'],
  ['A=abc\t', 'A starts or ends with a special space: write it without that space'],
  ['A=\u00a0abc', 'A starts or ends with a special space: write it without that space'],
  ['A=\ufffd', 'A has a character that is not UTF-8: write the file in the encoding UTF-8'],
  ['A', `this is not NAME=value: write ${name}`],
  ['A: abc', `this is not NAME=value: write ${name}`],
  ['1A=abc', `this is not NAME=value: write ${name}`],
  ['=abc', `this is not NAME=value: write ${name}`],
])('%j is refused, because programs read it differently', (text, problem) => {
  expect(refused(`# before\n${text}\n`)).toEqual([`2: ${problem}`]);
});

test('a name that is there twice is refused with both lines', () => {
  expect(refused('A=1\nB=2\nA=3\n')).toEqual(['3: A is on line 1 already: write it once']);
});

test('a key without quotes is one problem, and no line of it is told', () => {
  const text = 'A=-----BEGIN PRIVATE KEY-----\nMIIEvplanted\nplantedAgain\n-----END PRIVATE KEY-----\nB=c\n';
  expect(refused(text)).toEqual([`2: this is not NAME=value: write ${name}`]);
});

test('every problem is told at once', () => {
  expect(refused('A=a#b\nB=$c\nC\n').map((line) => line.slice(0, 2))).toEqual(['1:', '2:', '3:']);
});
