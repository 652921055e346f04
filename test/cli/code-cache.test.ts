import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { present } from '../support/application';
import { projectOf, writeFiles } from '../support/project';

const loader = join(resolve(__dirname, '../..'), 'lib/cli/code-cache.js');
const cache = join('node_modules', '.cache', 'catamaran');
const bundle = `
exports.sum = (left, right) => left + right;
exports.name = require('node:path').basename(__filename);
exports.folder = __dirname;
exports.isModule = module.exports === exports && this === exports;
`;

/** Loads bundle.js of a project in a process of its own, and ends with an exit code. */
function load(project: string, command = 'synth', exitCode = 0): unknown {
  const file = JSON.stringify(join(project, 'bundle.js'));
  const program = `
    require(${JSON.stringify(loader)}).loadWithCodeCache(${file}, ${JSON.stringify(project)}, '${command}');
    const bundle = require(${file});
    console.log(JSON.stringify({ ...bundle, sum: bundle.sum(1, 2) }));
    process.exitCode = ${exitCode};`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: exitCode, stderr: '' });
  return JSON.parse(stdout);
}

/** What the bundle exports, as `require` gives it. */
const exported = (project: string) => ({ sum: 3, name: 'bundle.js', folder: project, isModule: true });

function keptBy(project: string): string {
  const [name, ...others] = readdirSync(join(project, cache));
  expect(others).toEqual([]);
  return join(project, cache, present(name));
}

/** Whether a run takes what is kept: it then writes nothing. */
function isTaken(project: string): boolean {
  const kept = keptBy(project);
  utimesSync(kept, 0, 0);
  expect(load(project)).toEqual(exported(project));
  return statSync(kept).mtimeMs === 0;
}

function projectWithCode(): string {
  const project = projectOf({ 'bundle.js': bundle, 'node_modules/own.txt': '' });
  expect(load(project)).toEqual(exported(project));
  return project;
}

test('the next run takes the code that the first has kept', () => {
  const project = projectWithCode();
  const { version, platform, arch } = process;
  expect(keptBy(project)).toBe(join(project, cache, `synth-${version}-${platform}-${arch}.bin`));
  expect(isTaken(project)).toBe(true);
});

test('a changed source of the same length is compiled again', () => {
  const project = projectWithCode();
  writeFiles(project, { 'bundle.js': bundle.replace('left + right', 'left - right') });
  expect(load(project)).toEqual({ ...exported(project), sum: -1 });
});

const spoilt: Record<string, (content: Buffer, file: string) => Buffer> = {
  'is empty': () => Buffer.alloc(0),
  'is cut short': (content) => content.subarray(0, 100),
  'has a wrong byte': (content) => changed(content, content.length - 20),
  'is of another V8, with a right digest': (content, file) => {
    const code = changed(content.subarray(32), 4);
    const origin = `${file}\n${bundle}`;
    return Buffer.concat([createHash('sha256').update(origin).update(code).digest(), code]);
  },
};

function changed(content: Buffer, place: number): Buffer {
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(place) ^ 0x55, place);
  return copy;
}

test.each(Object.keys(spoilt))('what %s is not taken, and made anew', (what) => {
  const project = projectWithCode();
  const kept = keptBy(project);
  writeFileSync(kept, present(spoilt[what])(readFileSync(kept), join(project, 'bundle.js')));
  expect(isTaken(project)).toBe(false);
  expect(isTaken(project)).toBe(true);
});

test('what another copy of the file has kept is not taken: its stack traces name that copy', () => {
  const project = projectWithCode();
  const copy = projectOf({ 'bundle.js': bundle });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  utimesSync(keptBy(project), 0, 0);
  expect(load(copy)).toEqual(exported(copy));
  expect(statSync(keptBy(project)).mtimeMs).not.toBe(0);
});

test('nothing is kept of a run that fails', () => {
  const project = projectOf({ 'bundle.js': bundle, 'node_modules/own.txt': '' });
  expect(load(project, 'synth', 1)).toEqual(exported(project));
  expect(readdirSync(join(project, 'node_modules'))).toEqual(['own.txt']);
});

test('nothing is kept in a folder without node_modules', () => {
  const project = projectOf({ 'bundle.js': bundle });
  expect(load(project)).toEqual(exported(project));
  expect(readdirSync(project)).toEqual(['bundle.js']);
});

test('a run that can keep nothing does its work all the same', () => {
  // A file where the folder would be; a read-only folder does not stop the root user.
  const project = projectOf({ 'bundle.js': bundle, 'node_modules/.cache': 'no folder' });
  expect(load(project)).toEqual(exported(project));
});

test('each command has its own', () => {
  const project = projectWithCode();
  expect(load(project, 'check')).toEqual(exported(project));
  const names = readdirSync(join(project, cache)).map((name) => name.split('-')[0]);
  expect(names.sort()).toEqual(['check', 'synth']);
});
