import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, projectOf, runBuilt, stackFile, withLibrary, writeFiles } from '../support/project';

/** Runs the command in a project with a stack, in which some paths are folders, and others are files. */
function catamaran(
  args: readonly string[],
  { folders = [], files = {} }: { folders?: readonly string[]; files?: Readonly<Record<string, string>> },
) {
  const stack = stackFile({
    components: "new PostgresDatabase(this, 'db');",
    environments: 'dev: docker({ secrets: envFile() })',
  });
  const project = withLibrary('stacks' in files ? {} : { 'stacks/shop.ts': stack });
  if (!folders.includes('package.json')) writeFiles(project, { 'package.json': '{"name":"raft"}' });
  writeFiles(project, files);
  for (const folder of folders) mkdirSync(join(project, folder), { recursive: true });
  const { status, stderr } = runBuilt(project, args);
  expect(status).toBe(1);
  return { project, stderr };
}

const aFolder = 'this is a folder, but a file is needed here: move it to another place';
const aFile = 'this is a file, but a folder is needed here: move it to another place';
const secrets = ['secrets', 'shop', '--environment', 'dev'];

test.each<[string[], string, string]>([
  [['synth'], 'package.json', '; nothing was written'],
  [['synth'], 'images.lock.json', '; nothing was written'],
  [['check'], 'images.lock.json', ''],
  [['synth'], 'dist/.catamaran-raft', '; nothing was written'],
  [['synth'], 'dist/shop/dev/compose.yaml', '; nothing was written'],
  [['synth', '--check'], 'dist/shop/dev/compose.yaml', ''],
  [secrets, 'stacks/.env', ''],
  [[...secrets, '--init'], 'stacks/.env', '; nothing was written'],
])('catamaran %j names the folder in the place of a file: %s', (args, folder, end) => {
  const { stderr } = catamaran(args, { folders: [folder] });
  expect(stderr).toBe(`${folder}: ${aFolder}\n1 problem${end}\n`);
});

test.each<[string[], string, string]>([
  [['synth'], 'dist', '; nothing was written'],
  [['synth'], 'stacks', '; nothing was written'],
  [['graph'], 'stacks', ''],
  [['new', 'blog'], 'test', '; nothing was written'],
])('catamaran %j names the file in the place of a folder: %s', (args, file, end) => {
  const { project, stderr } = catamaran(args, { files: { [file]: 'a file' } });
  expect(stderr).toBe(`${file}: ${aFile}\n1 problem${end}\n`);
  expect(existsSync(join(project, 'stacks/blog'))).toBe(false);
});

test('a folder that cannot be made takes nothing with it: what could be written is not written either', () => {
  const { project, stderr } = catamaran(['synth'], { files: { 'dist/shop': 'a file' } });
  expect(stderr).toBe(`dist/shop: ${aFile}\n1 problem; nothing was written\n`);
  expect(filesBelow(join(project, 'dist'))).toEqual({ shop: 'a file' });
});

test('what is outside of the project has its whole path', () => {
  const out = join(projectOf({ dist: 'a file' }), 'dist');
  const { stderr } = catamaran(['synth', '--out', join(out, 'apps')], {});
  expect(stderr).toBe(`${out}: ${aFile}\n1 problem; nothing was written\n`);
});

test('a refused secrets --init says that nothing was written', () => {
  const stack = stackFile({ environments: 'dev: docker()' });
  const { stderr } = catamaran([...secrets, '--init'], { files: { 'stacks/shop.ts': stack } });
  expect(stderr).toBe(
    'stacks/shop.ts:10:41: shop (dev): --init can only write into a file of envFile(), but secrets is "none": remove --init\n' +
      '1 problem; nothing was written\n',
  );
});
