import { join } from 'node:path';
import { projectName, readPackage } from '../../../cli/project/package';
import { projectOf, writeFiles } from '../../support/project';

const folder = (text: string) => projectOf({ 'package.json': text });

test.each([
  ['{ "name": "raft" }', 'raft'],
  ['\uFEFF{ "name": "raft" }', 'raft'],
  ['{ "author": { "name": "Ann" }, "name": "raft" }', 'raft'],
  ['{ "name": "@team/raft.js" }', '_40_team_2f_raft_2e_js'],
  ['{ "name": "web-api-2" }', 'web-api-2'],
])('the project of %j is named', (text, name) => {
  expect(projectName(folder(text))).toBe(name);
});

// The name is that of the list of what may be deleted: with the same list, one project deletes the files of the other.
test.each([
  ['@acme/web-api', '@acme-web/api'],
  ['my.shop', 'my-shop'],
  ['日本', '中文'],
  ['a_2f_b', 'a/b'],
  ['Shop', 'shop'],
  ['\\ud800', '\\ud801'],
])('%s and %s are two projects, in one folder for all', (...names) => {
  const [one = '', other = ''] = names.map((name) => projectName(folder(`{ "name": "${name}" }`)));
  expect([one, other]).toEqual([
    expect.stringMatching(/^[a-z0-9_-]+$/),
    expect.stringMatching(/^[a-z0-9_-]+$/),
  ]);
  expect(one).not.toBe(other);
});

test('a folder without a name needs a name in package.json', () => {
  expect(() => projectName('/')).toThrow(
    new Error('package.json: name is missing: write a name, such as "shop"'),
  );
});

test('a project without a name has that of its folder', () => {
  const [unnamed = '', bare = ''] = ['raft', 'a_b'].map((name) =>
    join(projectOf({ [`${name}/readme.md`]: '' }), name),
  );
  writeFiles(unnamed, { 'package.json': '{ "author": { "name": "Ann" } }' });
  expect(projectName(unnamed)).toBe('raft');
  expect(projectName(bare)).toBe('a_5f_b');
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
  ['{ "name": "" }', 'name is "": write a name, such as "shop"'],
  ['{ "name": 5 }', 'name is 5: write a name, such as "shop"'],
])('%j is refused in words', (text, message) => {
  expect(() => readPackage(folder(text))).toThrow(new Error(`package.json: ${message}`));
});
