import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** The packages that a run of the command loads. */
function packagesLoadedBy(...args: readonly string[]): string[] {
  const program = `
    process.on('exit', () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));
    require(${JSON.stringify(join(root, 'lib/cli/main.js'))});`;
  const { stderr } = spawnSync(process.execPath, ['-e', program, 'catamaran', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = JSON.parse(stderr) as string[];
  // Of the compiler, its version alone: what it has made before is kept by it.
  const code = files.filter((file) => !file.endsWith('package.json'));
  const packages = code.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(packages)].sort();
}

test('synth loads neither Pulumi nor cdk8s nor a compiler', () => {
  const out = mkdtempSync(join(tmpdir(), 'catamaran-loading-'));
  try {
    packagesLoadedBy('synth', '--out', out); // keeps what the compiler makes of the stacks
    expect(packagesLoadedBy('synth', '--out', out)).toEqual([
      '@balena/dockerignore',
      'commander',
      'constructs',
    ]);
  } finally {
    rmSync(out, { recursive: true });
  }
});
