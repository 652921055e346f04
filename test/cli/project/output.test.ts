import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { apply, changesOf, formerLists } from '../../../cli/project/output';
import { filesBelow, projectOf, writeFiles } from '../../support/project';

const output = (folder: string, project = 'raft') => ({ folder, project });

function write(
  folder: string,
  files: Readonly<Record<string, string>>,
  scope?: string[],
  project = 'raft',
): void {
  apply(output(folder, project), changesOf(output(folder, project), new Map(Object.entries(files)), scope));
}

test('changes are the files that differ, and the list of all', () => {
  const folder = projectOf({ 'shop/dev/a.yaml': 'same', 'shop/dev/b.yaml': 'old' });
  const files = new Map([
    ['shop/dev/a.yaml', 'same'],
    ['shop/dev/b.yaml', 'new'],
    ['shop/dev/c.yaml', 'new'],
  ]);
  expect(changesOf(output(folder), files, undefined)).toEqual({
    written: new Map([
      ['shop/dev/b.yaml', 'new'],
      ['shop/dev/c.yaml', 'new'],
      ['.catamaran-raft', 'shop/dev/a.yaml\nshop/dev/b.yaml\nshop/dev/c.yaml\n'],
    ]),
    removed: [],
    claimed: ['shop/dev/a.yaml', 'shop/dev/b.yaml', 'shop/dev/c.yaml'],
    compared: 4,
  });
});

test('finding changes changes nothing', () => {
  const folder = projectOf({ '.catamaran-raft': 'shop/dev/a.yaml\n', 'shop/dev/a.yaml': 'old' });
  const before = filesBelow(folder);
  changesOf(output(folder), new Map([['shop/dev/b.yaml', 'new']]), undefined);
  expect(filesBelow(folder)).toEqual(before);
});

test('files of an earlier run go, and so do folders that are empty then', () => {
  const folder = projectOf({});
  write(folder, { 'shop/dev/conf/a': '1', 'shop/dev/b.yaml': '2', 'shop/live/c.yaml': '3' });
  write(folder, { 'shop/live/c.yaml': '3' });
  expect(filesBelow(folder)).toEqual({ '.catamaran-raft': 'shop/live/c.yaml\n', 'shop/live/c.yaml': '3' });
});

test('a run of one environment keeps the files of the others', () => {
  const folder = projectOf({});
  write(folder, { 'shop/dev/a.yaml': '1', 'shop/dev-2/a.yaml': '2', 'blog/dev/a.yaml': '3' });
  write(folder, { 'shop/dev/b.yaml': '4' }, ['shop/dev']);
  expect(filesBelow(folder)).toEqual({
    '.catamaran-raft': 'blog/dev/a.yaml\nshop/dev-2/a.yaml\nshop/dev/b.yaml\n',
    'blog/dev/a.yaml': '3',
    'shop/dev-2/a.yaml': '2',
    'shop/dev/b.yaml': '4',
  });
});

test('two projects share a folder and remove each their own files', () => {
  const folder = projectOf({});
  write(folder, { 'shop/dev/a.yaml': '1' });
  write(folder, { 'blog/dev/a.yaml': '2' }, undefined, 'other');
  write(folder, {});
  expect(filesBelow(folder)).toEqual({
    '.catamaran-other': 'blog/dev/a.yaml\n',
    '.catamaran-raft': '\n',
    'blog/dev/a.yaml': '2',
  });
});

test('a file of an earlier run that somebody has removed is not missed', () => {
  const folder = projectOf({ '.catamaran-raft': 'shop/dev/gone.yaml\n' });
  mkdirSync(join(folder, 'shop'));
  write(folder, { 'shop/live/a.yaml': '1' });
  expect(filesBelow(folder)).toEqual({ '.catamaran-raft': 'shop/live/a.yaml\n', 'shop/live/a.yaml': '1' });
});

test('a list leads out of no folder', () => {
  const folder = projectOf({ 'mine.txt': 'mine', 'out/.catamaran-raft': '../mine.txt\na/../../mine.txt\n' });
  write(join(folder, 'out'), {});
  expect(filesBelow(folder)['mine.txt']).toBe('mine');
});

test('if one file cannot be written, all stay as they were, and the message names it', () => {
  const folder = projectOf({});
  write(folder, { 'shop/dev/a.yaml': '1', 'shop/dev/b.yaml': '2' });
  const before = filesBelow(folder);
  // In the way of a file.
  mkdirSync(join(folder, 'shop/dev/c.yaml.new'));
  const files = { 'blog/dev/b.yaml': '2', 'shop/dev/a.yaml': 'new', 'shop/dev/c.yaml': '3' };
  expect(() => {
    write(folder, files);
  }).toThrow(
    `${join(folder, 'shop/dev/c.yaml.new')}: this is a folder, but a file is needed here: move it to another place`,
  );
  expect(filesBelow(folder)).toEqual(before);
  expect(readdirSync(folder).sort()).toEqual(['.catamaran-raft', 'shop']);
  rmdirSync(join(folder, 'shop/dev/c.yaml.new'));
  write(folder, files);
  expect(filesBelow(folder)).toEqual({
    '.catamaran-raft': 'blog/dev/b.yaml\nshop/dev/a.yaml\nshop/dev/c.yaml\n',
    ...files,
  });
});

test('a new text that a killed run left beside its file goes', () => {
  const folder = projectOf({});
  write(folder, { 'shop/dev/a.yaml': '1' });
  writeFiles(folder, { 'shop/dev/a.yaml.new': '2' });
  write(folder, { 'shop/dev/a.yaml': '1' });
  expect(filesBelow(folder)).toEqual({ '.catamaran-raft': 'shop/dev/a.yaml\n', 'shop/dev/a.yaml': '1' });
});

test('a folder in the place of an old file is not ours to remove', () => {
  const folder = projectOf({ '.catamaran-raft': 'shop/dev/old.yaml\n', 'shop/dev/old.yaml/mine': 'mine' });
  write(folder, { 'shop/dev/a.yaml': '1' });
  expect(filesBelow(folder)).toEqual({
    '.catamaran-raft': 'shop/dev/a.yaml\n',
    'shop/dev/a.yaml': '1',
    'shop/dev/old.yaml/mine': 'mine',
  });
});

test('the list of a project that had another name names the same files', () => {
  const folder = projectOf({});
  write(folder, { 'shop/dev/a.yaml': '1', 'blog/dev/b.yaml': '2' }, undefined, 'old');
  write(folder, { 'other/dev/c.yaml': '3' }, undefined, 'neighbour');
  expect(formerLists(output(folder), new Map([['shop/dev/a.yaml', '1']]))).toEqual([
    { list: '.catamaran-old', only: ['blog/dev/b.yaml'] },
  ]);
  expect(formerLists(output(join(folder, 'missing')), new Map())).toEqual([]);
});

test('an interrupted run leaves no half of a file behind for the next', () => {
  const folder = projectOf({});
  writeFiles(folder, { 'shop/dev/a.yaml.new': 'half' });
  write(folder, { 'shop/dev/a.yaml': 'whole' });
  expect(filesBelow(join(folder, 'shop'))).toEqual({ 'dev/a.yaml': 'whole' });
});
