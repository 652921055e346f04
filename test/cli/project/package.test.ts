import { projectName, readPackage } from '../../../cli/project/package';
import { projectOf } from '../../support/project';

const folder = (text: string) => projectOf({ 'package.json': text });

test.each([
  ['{ "name": "raft" }', 'raft'],
  ['\uFEFF{ "name": "raft" }', 'raft'],
  ['{ "author": { "name": "Ann" }, "name": "raft" }', 'raft'],
  ['{ "name": "@team/raft.js" }', '-team-raft-js'],
])('the project of %j is named', (text, name) => {
  expect(projectName(folder(text))).toBe(name);
});

test('a project without a name has that of its folder', () => {
  const named = (project: string) => project.slice(project.lastIndexOf('/') + 1);
  const [unnamed, bare] = [folder('{ "author": { "name": "Ann" } }'), projectOf({})];
  expect(projectName(unnamed)).toBe(named(unnamed));
  expect(projectName(bare)).toBe(named(bare));
});

test('what a project needs is what its dependencies name, and nothing else of the file', () => {
  const text = JSON.stringify({
    scripts: { jest: 'true' },
    dependencies: { express: '5.0.0' },
    devDependencies: { vitest: '3.0.0' },
  });
  expect(readPackage(folder(text))).toEqual({ name: undefined, needed: new Set(['express', 'vitest']) });
  expect(readPackage(projectOf({}))).toBeUndefined();
});

test.each([
  ['{ name: raft }', 'content is "{ name: raft }": write an object in JSON, as npm init --yes does'],
  ['', 'content is "": write an object in JSON, as npm init --yes does'],
  ['[]', 'content is "[]": write an object in JSON, as npm init --yes does'],
  ['{ "name": 5 }', 'name is 5: write a name, such as "shop"'],
])('%j is refused in words', (text, message) => {
  expect(() => readPackage(folder(text))).toThrow(new Error(`package.json: ${message}`));
});
