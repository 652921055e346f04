import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPins, writePins } from '../../../cli/project/lock';
import { thrownBy } from '../../support/application';
import { projectOf } from '../../support/project';

const digest = `sha256:${'a'.repeat(64)}`;
const remedy =
  'write the format that npx catamaran images --pin writes. After a merge conflict, keep one side and run that command';

test('a project without a lock file has no pins', () => {
  expect(readPins(projectOf({}))).toEqual(new Map());
});

test('pins are written sorted, and read as they were', () => {
  const project = projectOf({});
  const pins = new Map([
    ['redis:7.4', { digest, platforms: ['linux/arm64', 'linux/amd64'] }],
    ['mongo:7.0', { digest, platforms: [] }],
  ]);
  writePins(project, pins);
  expect(readFileSync(join(project, 'images.lock.json'), 'utf8')).toBe(`{
  "version": 1,
  "images": {
    "mongo:7.0": {
      "digest": "${digest}",
      "platforms": []
    },
    "redis:7.4": {
      "digest": "${digest}",
      "platforms": ["linux/amd64", "linux/arm64"]
    }
  }
}
`);
  expect(readPins(project)).toEqual(
    new Map([
      ['mongo:7.0', { digest, platforms: [] }],
      ['redis:7.4', { digest, platforms: ['linux/amd64', 'linux/arm64'] }],
    ]),
  );
});

test('a lock file without pins is JSON as well', () => {
  const project = projectOf({});
  writePins(project, new Map());
  expect(readFileSync(join(project, 'images.lock.json'), 'utf8')).toBe(
    '{\n  "version": 1,\n  "images": {}\n}\n',
  );
});

test.each([
  ['<<<<<<< ours\n', `version is "<<<<<<< ours\\n": ${remedy}`],
  ['{ "version": 2, "images": {} }', `version is 2: ${remedy}`],
  [
    '{ "version": 1, "images": { "a:1": { "digest": "sha256:1", "platforms": [] }, "b:1": [] } }',
    `images a:1 is {"digest":"sha256:1","platforms":[]}: ${remedy}\nimages.lock.json: images b:1 is []: ${remedy}`,
  ],
])('what is no lock file is refused: %s', (text, message) => {
  const project = projectOf({ 'images.lock.json': text });
  expect(thrownBy(() => readPins(project)).message).toBe(`images.lock.json: ${message}`);
});
