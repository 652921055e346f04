import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { newStack } from '../../cli/commands/new';
import { projectOf, runIn, stackFile, synthIn, writeFiles } from '../support/project';

/** The mode of each file and folder below a folder, by path. */
function modesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path), (statSync(path).mode & 0o777).toString(8)]),
  );
}

function under<Result>(mask: number, action: () => Result): Result {
  const before = process.umask(mask);
  try {
    return action();
  } finally {
    process.umask(before);
  }
}

const stack = stackFile({
  props:
    "image: 'api:1.0', port: 8000, files: { '/etc/api/config': 'a', '/opt/run.sh': '#!/bin/sh\\n' }, command: ['/opt/run.sh']",
  environments: 'dev: docker()',
});

test.each([0o022, 0o077, 0o027, 0o000])(
  'the modes of written files do not depend on the umask %o',
  (mask) => {
    const project = projectOf({ 'stacks/shop/index.ts': stack, 'package.json': '{ "name": "raft" }' });
    expect(under(mask, () => synthIn(project)).thrown).toBeUndefined();
    const modes = modesIn(join(project, 'dist'));
    const names = Object.keys(modes).map((path) => path.replace(/-[0-9a-f]{8}/, ''));
    expect(Object.fromEntries(names.map((name, index) => [name, Object.values(modes)[index]]))).toEqual({
      '.catamaran-raft': '644',
      shop: '755',
      'shop/dev': '755',
      'shop/dev/api-files': '755',
      'shop/dev/api-files-2': '755',
      'shop/dev/api-files-2/run.sh': '755',
      'shop/dev/api-files/config': '644',
      'shop/dev/compose.yaml': '644',
    });
  },
);

test('neither do those of a new stack', () => {
  const made = [0o022, 0o077].map((mask) => {
    const project = projectOf({});
    writeFiles(project, { 'package.json': '{ "name": "raft" }' });
    under(mask, () => runIn(project, newStack, { application: 'shop' }));
    return modesIn(join(project, 'stacks'));
  });
  expect(made[1]).toEqual(made[0]);
  expect(new Set(Object.values(made[0] ?? {}))).toEqual(new Set(['755', '644']));
});

test('a file that did not change gets its mode back, as after a checkout with another umask', () => {
  const project = projectOf({ 'stacks/shop/index.ts': stack, 'package.json': '{ "name": "raft" }' });
  synthIn(project);
  const dist = join(project, 'dist');
  const before = modesIn(dist);
  for (const path of Object.keys(before))
    if (!statSync(join(dist, path)).isDirectory())
      chmodSync(join(dist, path), path.endsWith('.sh') ? 0o700 : 0o600);
  // The mode is no part of what --check compares: Git keeps none but the bit of programs.
  expect(synthIn(project, { check: true }).exitCode).toBeUndefined();
  synthIn(project);
  expect(modesIn(dist)).toEqual(before);
});
