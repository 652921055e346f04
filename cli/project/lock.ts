import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { IssuesError, type Issue } from '../../constructs/issue';
import { isMapping, type Mapping } from '../../constructs/model/data';
import { sortedBy } from '../../constructs/model/sorted';
import { lockFile, type Pin, type Pins } from '../../constructs/compile/pins';
import { writePublicFile } from '../../constructs/target/write-file';
import { inWords, readText } from './files';
import { jsonValue } from './json';

/**
 * Reads the pins of a project. There are none without a lock file.
 * @throws IssuesError if the content of the lock file is invalid
 */
export function readPins(project: string): Pins {
  const text = readText(join(project, lockFile));
  if (text === undefined) return new Map();
  const entries = Object.entries(imagesIn(text));
  const wrong = entries.flatMap(([name, pin]) => (isPin(pin) ? [] : [malformed(`images ${name}`, pin)]));
  if (wrong.length > 0) throw new IssuesError(wrong);
  return new Map(entries.flatMap(([name, pin]) => (isPin(pin) ? [[name, pin] as const] : [])));
}

/** Writes the pins of a project, sorted and in the format of Prettier, so that the same pins give the same file. */
export function writePins(project: string, pins: Pins): void {
  const sorted = sortedBy(pins, ([name]) => name);
  const images = sorted.map(([name, { digest, platforms }]) => {
    const list = [...platforms].sort().map((platform) => JSON.stringify(platform));
    const pin = [`"digest": ${JSON.stringify(digest)}`, `"platforms": [${list.join(', ')}]`];
    return `${JSON.stringify(name)}: {\n      ${pin.join(',\n      ')}\n    }`;
  });
  const text = images.length === 0 ? '{}' : `{\n    ${images.join(',\n    ')}\n  }`;
  const file = join(project, lockFile);
  inWords(file, () => {
    writePublicFile(`${file}.new`, `{\n  "version": 1,\n  "images": ${text}\n}\n`);
    renameSync(`${file}.new`, file);
  });
}

function imagesIn(text: string): Mapping {
  const value = jsonValue(text);
  const data = value === undefined ? text.slice(0, 40) : value;
  if (!isMapping(data) || data['version'] !== 1 || !isMapping(data['images']))
    throw new IssuesError([malformed('version', isMapping(data) ? data['version'] : data)]);
  return data['images'];
}

/** Whether a value is the digest of an image. */
export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
}

function isPin(pin: unknown): pin is Pin {
  if (!isMapping(pin)) return false;
  const { digest, platforms } = pin;
  return (
    isDigest(digest) &&
    Array.isArray(platforms) &&
    platforms.every((platform) => typeof platform === 'string')
  );
}

function malformed(field: string, got: unknown): Issue {
  const write =
    'the format that npx catamaran images --pin writes. After a merge conflict, keep one side and run that command';
  return { path: lockFile, field, got, write };
}
