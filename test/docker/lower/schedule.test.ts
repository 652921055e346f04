import { spawnSync } from 'node:child_process';
import { Duration, Schedule, type ScheduledJobProps } from 'catamaran';
import { projectOf } from '../../support/project';
import { replacing, Running, scriptOf } from '../../support/scheduler';

/** Runs lines of shell after the functions of the script. */
function withFunctions(props: Partial<ScheduledJobProps>, lines: string, shell = 'sh'): string {
  const [functions] = scriptOf(props, projectOf({})).split('\ncase $zone in\n  UTC');
  const { stdout, stderr, status } = spawnSync(shell, ['-c', `${functions}\n${lines}`], { encoding: 'utf8' });
  expect({ status, stderr: stderr.replaceAll(/^schedule: .*\n/gm, '') }).toEqual({ status: 0, stderr: '' });
  return stdout + stderr;
}

/** The minutes from one time on at which a job is due, each as UTC. */
function dueTimes(expression: string, timeZone: string, from: string, minutes: number): string[] {
  const start = Date.parse(from) / 1000;
  const lines = `
date() { command date -d "@$at" "$@"; }
at=${start}
while [ "$at" -lt ${start + minutes * 60} ]; do
  ! due || echo "$at"
  at=$((at + 60))
done`;
  const out = withFunctions({ schedule: Schedule.cron(expression, { timeZone }) }, lines);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((at) => new Date(Number(at) * 1000).toISOString().slice(0, 16));
}

test.each([
  // The clock goes from 1:59 to 3:00, and on another day from 2:59 back to 2:00.
  ['30 2 * * *', 'Europe/Berlin', '2026-03-29T00:00Z', []],
  ['30 2 * * *', 'Europe/Berlin', '2026-10-24T23:50Z', ['2026-10-25T00:30', '2026-10-25T01:30']],
  ['0 3 * * *', 'Europe/Berlin', '2026-03-29T00:00Z', ['2026-03-29T01:00']],
  [
    '*/30 * * * *',
    'Asia/Kathmandu',
    '2026-01-01T00:00Z',
    ['2026-01-01T00:15', '2026-01-01T00:45', '2026-01-01T01:15', '2026-01-01T01:45'],
  ],
  ['0 1 * * *', 'UTC', '2026-03-29T00:00Z', ['2026-03-29T01:00']],
  // Either the 1st or a Monday; the 1st and, as the other field is open, any weekday.
  ['0 0 1 * 1', 'UTC', '2026-06-01T00:00Z', ['2026-06-01T00:00']],
  ['0 0 2 * 1', 'UTC', '2026-06-01T00:00Z', ['2026-06-01T00:00']],
  ['0 0 2 * *', 'UTC', '2026-06-01T00:00Z', []],
  ['0 0 */2 * 2', 'UTC', '2026-06-01T00:00Z', ['2026-06-01T00:00']],
  ['0 0 * 7 1', 'UTC', '2026-06-01T00:00Z', []],
  ['0 0 * * 0', 'UTC', '2026-05-31T00:00Z', ['2026-05-31T00:00']],
])('%s in %s after %s is due at %j', (expression, timeZone, from, times) => {
  expect(dueTimes(expression, timeZone, from, 110)).toEqual(times);
});

test('a run that fails is tried again, each time after twice the time', () => {
  const lines = `
trap '' USR1
limit= job=
begin() { "$@"; }
sleep() { echo "sleeps $1"; }
run sh -c 'echo "tries $0"; exit 3' it`;
  const printed = withFunctions({ retries: 7 }, `exec 2>&1\n${lines}`);
  expect(printed.split('\n').filter((line) => line !== '')).toEqual([
    'schedule: a run starts',
    ...[10, 20, 40, 80, 160, 320, 360].flatMap((delay, index) => [
      'tries it',
      `schedule: failed with 3: tried again in ${delay} seconds (${index + 1} of 7)`,
      `sleeps ${delay}`,
    ]),
    'tries it',
    'schedule: failed with 3, and is not tried again',
  ]);
});

test('a run that is told to stop just before its program has a number ends the program', () => {
  const lines = `
trap '' USR1
limit= job=
spent() { kill -TERM $$; return 1; }
run sh -c 'trap "exit 7" TERM; sleep 5 >/dev/null 2>&1 & wait'`;
  const printed = withFunctions({ retries: 7 }, lines);
  expect(printed).toBe('schedule: a run starts\nschedule: stopped with 7\n');
});

test('a run that is asked for starts at once, and the next when it has ended', async () => {
  const scheduler = await new Running({}, ['sh', '-c', 'echo begins; sleep 1; echo ends']).started();
  scheduler.signal('SIGUSR2');
  await scheduler.until('begins');
  scheduler.signal('SIGUSR2');
  await scheduler.until('schedule: succeeded after some seconds', 2);
  scheduler.signal('SIGTERM');
  expect(await scheduler.exited).toBe(0);
  const one = ['schedule: a run starts', 'begins', 'ends', 'schedule: succeeded after some seconds'];
  expect(scheduler.lines.filter((line) => line !== 'schedule: a run is asked for')).toEqual([...one, ...one]);
});

test('a scheduler that is told to stop does not wait for its next look at the clock', async () => {
  // Longer than a test may take.
  const sleepy = replacing('sleep $((60 - now % 60)) &', 'sleep 600 &');
  const idle = await new Running({}, ['true'], sleepy).started();
  idle.signal('SIGTERM');
  expect(await idle.exited).toBe(0);
});

test('a scheduler that is told to stop ends after what runs has ended', async () => {
  const clean = "trap 'echo cleans up; exit 7' TERM; echo begins; sleep 60 & wait";
  // The image's own timeout may end before its program, if the signal comes while it starts it.
  const unlimited = replacing('$(command -v timeout)', '');
  const busy = await new Running({}, ['sh', '-c', clean], unlimited).started();
  busy.signal('SIGUSR2');
  await busy.until('begins');
  busy.signal('SIGTERM');
  expect(await busy.exited).toBe(0);
  expect(busy.lines.slice(2)).toEqual(['begins', 'cleans up', 'schedule: stopped with 7']);
});

test('a run that takes too long is stopped, and not tried again', async () => {
  const scheduler = await new Running({ timeout: Duration.seconds(1) }, ['sleep', '60']).started();
  scheduler.signal('SIGUSR2');
  const lines = await scheduler.until('schedule: stopped after 1 seconds');
  expect(lines).not.toContainEqual(expect.stringContaining('tried again'));
  scheduler.signal('SIGTERM');
  expect(await scheduler.exited).toBe(0);
});

test('a scheduler refuses to start in a time zone that its image does not know', () => {
  const script = scriptOf({ schedule: Schedule.cron('@daily', { timeZone: 'Europe/Berlin' }) });
  const unknown = script.replace('/usr/share/zoneinfo/', '/nowhere/');
  const { status, stderr } = spawnSync('sh', ['-c', unknown], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 78,
    stderr:
      'schedule: the image does not know the time zone Europe/Berlin: install its tzdata, or write the schedule in UTC\n',
  });
});
