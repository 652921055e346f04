import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { filesBelow, stackFile, withLibrary, writeFiles } from '../support/project';

const root = resolve(__dirname, '../..');

/** A stack of one version. */
function stack(version: string): Record<string, string> {
  const props = `image: 'api:${version}', port: 8000`;
  const environments = "dev: docker(), live: kubernetes({ namespace: 'shop' })";
  return { 'stacks/shop.ts': stackFile({ props, environments }) };
}

/** A program to load first: it counts the steps of writing to dist, and kills its process after one of them. */
const killer = `
const fs = require('node:fs');
const { writeFileSync, renameSync } = fs;
const last = Number(process.env.LAST_STEP);
let steps = 0;
function step() {
  steps += 1;
  if (steps === last) process.kill(process.pid, 'SIGKILL');
}
fs.writeFileSync = (file, content, ...others) => {
  if (!file.includes('/dist/')) return writeFileSync(file, content, ...others);
  writeFileSync(file, content.slice(0, content.length / 2), ...others);
  step();
  writeFileSync(file, content, ...others);
  step();
};
fs.renameSync = (from, to) => {
  renameSync(from, to);
  if (to.includes('/dist/')) step();
};
`;

/** Runs synth up to a step of its writing, or to its end. Says what has ended it before. */
function synth(project: string, lastStep = 0): NodeJS.Signals | undefined {
  const command = ['--require', './killer.js', join(root, 'lib/cli/main.js'), 'synth'];
  const env = { ...process.env, LAST_STEP: String(lastStep) };
  const { status, signal, stderr } = spawnSync(process.execPath, command, {
    cwd: project,
    encoding: 'utf8',
    env,
  });
  if (signal !== null) return signal;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return undefined;
}

test('a synth that is killed leaves each file as it was or as it is to be, and the next one ends where it would have', () => {
  const project = withLibrary({ ...stack('1.0'), 'killer.js': killer });
  const written = () => filesBelow(join(project, 'dist'));
  synth(project);
  const before = written();
  const isNew = (text: string) => text.includes('api:2.0');
  // Another version changes two files. Each is half there, and there under another name. Then each gets its name.
  for (let step = 1; step <= 6; step += 1) {
    writeFiles(project, stack('2.0'));
    expect(synth(project, step)).toBe('SIGKILL');
    const left = written();
    synth(project);
    const after = written();
    expect(Object.values(after).filter(isNew)).toHaveLength(2);
    // A file that was being made has another name until it is whole.
    const whole = Object.entries(left).filter(([name]) => !name.endsWith('.new'));
    expect(whole.map(([name]) => name)).toEqual(Object.keys(before));
    for (const [name, text] of whole) expect([before[name], after[name]]).toContain(text);
    expect(whole.filter(([, text]) => isNew(text))).toHaveLength(Math.max(0, step - 4));
    writeFiles(project, stack('1.0'));
    synth(project);
    expect(written()).toEqual(before);
  }
  // These are all the steps: one that is never reached kills nothing.
  writeFiles(project, stack('2.0'));
  expect(synth(project, 7)).toBeUndefined();
});
