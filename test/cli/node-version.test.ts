import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { engines } from '../../package.json';

const main = join(resolve(__dirname, '../..'), 'lib/cli/main.js');

/** Runs the program as on a Node of another version; says which files it loaded, and how it ended. */
function onNode(version: string) {
  const program = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
    process.argv.splice(1, process.argv.length, 'catamaran', '--version');
    process.on('exit', () => console.log(JSON.stringify(Object.keys(require.cache))));
    require(${JSON.stringify(main)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  const loaded = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[];
  return { status, stderr, loaded };
}

test.each(['8.17.0', '18.20.8', '20.11.1'])(
  'Node %s is told in one sentence, before anything is loaded',
  (version) => {
    expect(onNode(version)).toEqual({
      status: 1,
      stderr: `catamaran needs Node.js 20.12 or newer: this is ${version}\n`,
      loaded: [main],
    });
  },
);

test.each(['20.12.0', '22.0.0', '100.1.0'])('Node %s will do', (version) => {
  const { status, stderr, loaded } = onNode(version);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(loaded).toContain(main.replace('main.js', 'program.js'));
});

test('package.json asks for the same', () => {
  expect(engines.node).toBe('>=20.12');
});
