// Makes the JavaScript of lib/, beside the types that tsc writes there: one bundle of all sources, and a small file
// for each path that is loaded from outside. So a process has one copy of each source, whichever paths it loads:
// the command line knows the Application that a stack has extended. A source runs when it is first required.
// The program's own file stands alone: it tells an older Node.js that it is too old, before the bundle is read.
import { build, transformSync } from 'esbuild';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const lib = resolve(process.argv[2] ?? 'lib');
const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const nameOf = (file) => /^(?:\.\/)?lib\/(.+)\.js$/.exec(file)?.[1];
const program = nameOf(bin.catamaran);
const names = [
  'cli/program',
  ...Object.values(exports).flatMap((entry) => nameOf(entry.default ?? entry) ?? []),
  'cli/cdk8s', // a user's cdk8s.yaml names its path
  ...['cli/targets', 'cli/project/load', 'cli/project/lock', 'constructs/pipeline/plan'], // the end-to-end tests load them
];
const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  keepNames: true,
  packages: 'external',
  tsconfig: 'tsconfig.build.json',
  loader: { '.sh': 'text', '.py': 'text' },
};

await build({
  ...options,
  stdin: {
    contents: names.map((name) => `exports['${name}'] = () => require('./${name}');`).join('\n'),
    resolveDir: '.',
  },
  outfile: join(lib, 'catamaran.js'),
});

// What each file exports: Node looks for it in the file's text, where an ES module imports it.
const { metafile } = await build({
  ...options,
  entryPoints: names.map((name) => `${name}.ts`),
  outbase: '.',
  outdir: 'lib',
  format: 'esm',
  write: false,
  metafile: true,
});
for (const name of names) {
  const file = join(lib, `${name}.js`);
  const bundle = relative(dirname(file), join(lib, 'catamaran.js'));
  const exported = metafile.outputs[`lib/${name}.js`].exports;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `module.exports = require('${bundle}')['${name}']();
0 && (module.exports = { ${exported.filter((one) => one !== 'default').join(', ')} });
`,
  );
}
// It is loaded before the bundle, so it is no part of it.
await build({ ...options, entryPoints: ['cli/code-cache.ts'], outfile: join(lib, 'cli/code-cache.js') });
const main = transformSync(readFileSync(`${program}.ts`, 'utf8'), {
  loader: 'ts',
  format: 'cjs',
  target: 'node10',
});
writeFileSync(join(lib, `${program}.js`), main.code);
chmodSync(join(lib, `${program}.js`), 0o755);

// npm would pack what is left of sources that are gone.
const made = new Set([
  'catamaran.js',
  'tsconfig.build.tsbuildinfo',
  `${program}.js`,
  'cli/code-cache.js',
  ...names.map((name) => `${name}.js`),
]);
for (const file of readdirSync(lib, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
  const path = join(relative(lib, file.parentPath), file.name);
  if (!made.has(path) && !existsSync(path.replace(/\.d\.ts$/, '.ts'))) rmSync(join(lib, path));
}
