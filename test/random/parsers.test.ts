import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cpu, Duration, IssuesError, Size } from 'catamaran';
import { readPins, writePins } from '../../cli/project/lock';
import { readEnvFile } from '../../cli/project/secret-values';
import { parseCron, timeZoneProblem } from '../../constructs/model/schedule';
import { imageProblem, isPinned } from '../../constructs/model/image';
import { isHost, isLabel, isSubdomain, reservedHint } from '../../constructs/model/name';
import { cpuQuantity, sizeQuantity } from '../../charts/lower/units';
import { repositoryOf, type Pin } from '../../constructs/compile/pins';
import { thrownBy } from '../support/application';
import { projectOf } from '../support/project';
import { holds } from './runs';
import { wrongText } from './wrong';
import { anyText, cron, image } from './values';

const text = fc.oneof(wrongText, anyText, cron, image);

test('every parser answers any text, and the same text in the same way', () => {
  holds(
    3000,
    fc.property(text, (any) => {
      const answers = () => [
        parseCron(any),
        timeZoneProblem(any),
        imageProblem(any),
        isPinned(any),
        isHost(any),
        isLabel(any),
        isSubdomain(any),
        reservedHint(any),
        repositoryOf(any),
      ];
      expect(answers()).toEqual(answers());
    }),
  );
});

test('a cron expression that is written from its parsed fields means the same', () => {
  holds(
    500,
    fc.property(cron, (expression) => {
      const parsed = parseCron(expression);
      if (parsed.kind === 'problem') throw new Error(parsed.write);
      const { minutes, hours, days, months, weekdays, dayRule } = parsed.times;
      const fields = [minutes, hours, days, months, weekdays].map((values) => values.join(','));
      expect(parseCron(fields.join(' '))).toEqual({
        kind: 'times',
        times: { ...parsed.times, dayRule: 'either' },
      });
      expect(['both', 'either']).toContain(dayRule);
    }),
  );
});

test('amounts are what their units say, whichever they are given in', () => {
  holds(
    500,
    fc.property(fc.integer({ min: 0, max: 1e6 }), (amount) => {
      expect(Size.mebibytes(amount)).toEqual(Size.kibibytes(amount * 1024));
      expect(Size.gibibytes(amount)).toEqual(Size.mebibytes(amount * 1024));
      expect(Duration.minutes(amount)).toEqual(Duration.seconds(amount * 60));
      expect(Duration.seconds(amount)).toEqual(Duration.milliseconds(amount * 1000));
      expect(Cpu.cores(amount)).toEqual(Cpu.millicores(amount * 1000));
      expect(bytesOf(sizeQuantity(Size.mebibytes(amount)))).toBe(amount * 1024 ** 2);
      expect(millicoresOf(cpuQuantity(Cpu.millicores(amount)))).toBe(amount);
    }),
  );
});

function bytesOf(quantity: string): number {
  const [, number = '', unit = ''] = /^(\d+)(\w*)$/.exec(quantity) ?? [];
  return Number(number) * 1024 ** ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'].indexOf(unit);
}

function millicoresOf(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}

const pin: fc.Arbitrary<Pin> = fc.record({
  digest: fc.stringMatching(/^[0-9a-f]{64}$/).map((digest) => `sha256:${digest}`),
  platforms: fc
    .uniqueArray(fc.constantFrom('linux/amd64', 'linux/arm64', 'linux/arm/v7'))
    .map((list) => list.sort()),
});

test('pins are read as they were written', () => {
  const project = projectOf({});
  holds(
    200,
    fc.property(fc.dictionary(fc.oneof(image, text), pin, { maxKeys: 4, noNullPrototype: true }), (pins) => {
      const map = new Map(Object.entries(pins));
      writePins(project, map);
      expect(readPins(project)).toEqual(map);
    }),
  );
});

test('a lock file of any other content is refused in words', () => {
  const project = projectOf({});
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));
  const images = fc
    .jsonValue({ maxDepth: 2 })
    .map((value) => JSON.stringify({ version: 1, images: { 'a:1': value } }));
  holds(
    300,
    fc.property(fc.oneof(text, json, images), (content) => {
      writeFileSync(join(project, 'images.lock.json'), content);
      const { issues } = thrownBy(() => readPins(project));
      expect(issues.map(({ path }) => path)).toEqual(['images.lock.json']);
    }),
  );
});

test('a file of secrets of any content is read, or refused with the line', () => {
  const project = projectOf({});
  const line = fc
    .tuple(fc.oneof(fc.constantFrom('A', 'export B', '', '#'), text), fc.constantFrom('=', ' = ', ''), text)
    .map((parts) => parts.join(''));
  holds(
    300,
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const file = join(project, '.env');
      writeFileSync(file, lines.join('\n'));
      try {
        for (const value of Object.values(readEnvFile(file))) expect(typeof value).toBe('string');
      } catch (error) {
        if (!(error instanceof IssuesError)) throw error;
        for (const { path } of error.issues) expect(path.startsWith(`${file}:`)).toBe(true);
      }
    }),
  );
});
