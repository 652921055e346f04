import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesBelow, projectOf, stackFile, writeFiles } from '../support/project';

const root = resolve(__dirname, '../..');
const command = [join(root, 'lib/cli/main.js'), 'synth'];
const names = Array.from({ length: 40 }, (_, index) => `shop-${index}`);

/** The stacks of many applications, all of one version. */
function stacks(version: string): Record<string, string> {
  const environments = "dev: docker(), live: kubernetes({ namespace: 'live' })";
  return Object.fromEntries(
    names.map((name) => [
      `stacks/${name}.ts`,
      stackFile({ name, props: `image: 'api:${version}', port: 8000`, environments }).replaceAll(
        "'live' })",
        `'${name}' })`,
      ),
    ]),
  );
}

function synth(project: string): Readonly<Record<string, string>> {
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: project, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return filesBelow(join(project, 'dist'));
}

/** Lets synth run until some files are new, and kills it there. Says whether it was killed before its end. */
async function killedAfter(
  project: string,
  count: number,
  isNew: (text: string) => boolean,
): Promise<boolean> {
  const child = spawn(process.execPath, command, { cwd: project, stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('exit', (_, signal) => {
      resolve(signal);
    }),
  );
  while (child.exitCode === null && child.signalCode === null) {
    const texts = names.map((name) => readFileSync(join(project, 'dist', name, 'dev/compose.yaml'), 'utf8'));
    if (texts.filter(isNew).length >= count) child.kill('SIGKILL');
    await new Promise((resolve) => setImmediate(resolve));
  }
  return (await ended) === 'SIGKILL';
}

test('a synth that is killed leaves each file as it was or as it is to be, and the next one ends where it would have', async () => {
  const project = projectOf(stacks('1.0'));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules', 'catamaran'));
  const before = synth(project);
  const isNew = (text: string) => text.includes('api:2.0');
  const kills: boolean[] = [];
  for (const count of [1, 5, 20, 35]) {
    writeFiles(project, stacks('2.0'));
    kills.push(await killedAfter(project, count, isNew));
    const left = filesBelow(join(project, 'dist'));
    const after = synth(project);
    expect(Object.values(after).filter(isNew)).toHaveLength(2 * names.length);
    // A file that was being made has another name until it is whole.
    const whole = Object.entries(left).filter(([name]) => !name.endsWith('.new'));
    expect(whole.map(([name]) => name)).toEqual(Object.keys(before));
    for (const [name, text] of whole) expect([before[name], after[name]]).toContain(text);
    writeFiles(project, stacks('1.0'));
    expect(synth(project)).toEqual(before);
  }
  process.stdout.write(
    `    ${kills.filter(Boolean).length} of ${kills.length} runs were killed before their end\n`,
  );
});
