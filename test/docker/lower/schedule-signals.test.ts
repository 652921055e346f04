import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replacing, Running } from '../../support/scheduler';

/** The lines of the loop after which a signal could come, and how many runs there are where it asks for another. */
const lines: readonly (readonly [line: string, runs: number])[] = [
  // A run that is asked for twice before it starts is one.
  ['  wait "$nap"', 1],
  ['  nap=', 1],
  ['  now=$(date +%s)', 1],
  ['  sleep 600 &', 1],
  ['  nap=$!', 1],
  ['  [ -z "$stopping" ] || stop', 1],
  ['  if [ -n "$asked" ]; then', 1],
  ['    asked=', 2],
  ['    waiting=$now', 2],
  ['  if [ -n "$waiting" ] && [ -z "$job" ]; then', 2],
  ['    if [ $((now - waiting)) -le "$start_within" ]; then', 2],
  ['      ended=', 2],
  ['      run "$@" &', 2],
  ['      job=$!', 2],
  ['    waiting=', 2],
];

/** The lines that it comes to once a run has ended. */
const last: typeof lines = [
  ['  if [ -n "$ended" ]; then', 2],
  ['    ended=', 2],
  ['    job=', 2],
];

// Longer than a test may take: what happens before, happens because of a signal.
const sleepy = replacing('sleep $((60 - now % 60)) &', 'sleep 600 &');

/** Does something after a line of the loop, the first time that it is there once a test has armed it. */
function after(line: string, does: string): (script: string) => string {
  const once = `[ ! -e "\${0%/*}/armed" ] || { rm "\${0%/*}/armed"; ${does}; }`;
  return (script) => replacing(`\n${line}\n`, `\n${line}\n${once}\n`)(sleepy(script));
}

/** A scheduler that is asked for a run, and to which something happens after a line. */
async function asked(line: string, does: string, command: readonly string[]): Promise<Running> {
  // The image's own timeout may end before its program, if the signal comes while it starts it.
  const unlimited = replacing('$(command -v timeout)', '');
  const change = (script: string) => after(line, does)(unlimited(script));
  const scheduler = await new Running({}, command, change).started();
  writeFileSync(join(scheduler.folder, 'armed'), '');
  scheduler.signal('SIGUSR2');
  return scheduler;
}

const one = ['schedule: a run starts', 'begins', 'schedule: succeeded after some seconds'];

test.each([...lines, ...last])(
  'a run that is asked for after %j is not lost, nor late',
  async (line, runs) => {
    const scheduler = await asked(line, 'kill -USR2 $$', ['echo', 'begins']);
    await scheduler.until('schedule: a run is asked for', 2);
    await scheduler.until('schedule: succeeded after some seconds', runs);
    scheduler.signal('SIGTERM');
    expect(await scheduler.exited).toBe(0);
    expect(scheduler.lines.filter((said) => said !== 'schedule: a run is asked for')).toEqual(
      Array.from({ length: runs }, () => one).flat(),
    );
  },
);

test('a run that ends before it has a number lets the next one start', async () => {
  const scheduler = await asked('      run "$@" &', 'sleep 1', ['echo', 'begins']);
  await scheduler.until('schedule: succeeded after some seconds');
  scheduler.signal('SIGUSR2');
  await scheduler.until('schedule: succeeded after some seconds', 2);
  scheduler.signal('SIGTERM');
  expect(await scheduler.exited).toBe(0);
});

// As soon as the run has a number, too, when it may not listen yet.
const told = [...lines.map(([line]) => [line, 'kill -TERM $$'] as const), ['      job=$!', 'stop']] as const;

test.each(told)(
  'a scheduler that is told to stop after %j by %s stops, after what runs',
  async (line, how) => {
    // Says nothing before it listens: the signal may come between the two.
    const clean = 'trap "echo cleans up; exit 7" TERM; sleep 60 & wait';
    const scheduler = await asked(line, how, ['sh', '-c', clean]);
    expect(await scheduler.exited).toBe(0);
    expect(existsSync(join(scheduler.folder, 'armed'))).toBe(false);
    // Shells tell of what a signal has ended.
    const said = scheduler.lines.filter((one) => one !== 'Terminated').join('\n');
    const started = 'schedule: a run is asked for\nschedule: a run starts';
    // It may have been told to stop before it was a program that listens.
    expect([
      'schedule: a run is asked for',
      `${started}\nschedule: stopped with 143`,
      `${started}\ncleans up\nschedule: stopped with 7`,
    ]).toContain(said);
  },
);
