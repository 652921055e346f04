import { Backend, Duration, Schedule, ScheduledJob, type ScheduledJobProps } from 'catamaran';
import { parseCron, timeZoneProblem } from '../../../constructs/model/schedule';
import { issuesOfApp, onDocker, onKubernetes, workloadOfApp, type Build } from '../../support/application';

const job =
  (props: Partial<ScheduledJobProps> = {}): Build =>
  (app) =>
    new ScheduledJob(app, 'retention', {
      image: 'api:1.0',
      command: ['python', 'retention.py'],
      schedule: Schedule.cron('0 3 * * *'),
      ...props,
    });

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const everyDay = range(1, 31);
const everyMonth = range(1, 12);
const everyWeekday = range(0, 6);

// As github.com/robfig/cron/v3 v3.0.1 reads them, which is what Kubernetes asks.
test.each<[string, number[], number[], number[], number[], number[], 'both' | 'either']>([
  ['0 3 * * *', [0], [3], everyDay, everyMonth, everyWeekday, 'both'],
  ['*/15 8-17 * * mon-fri', [0, 15, 30, 45], range(8, 17), everyDay, everyMonth, range(1, 5), 'both'],
  ['0 0 1,15 * sun', [0], [0], [1, 15], everyMonth, [0], 'either'],
  ['0 0 */2 * 1', [0], [0], range(0, 15).map((n) => 2 * n + 1), everyMonth, [1], 'either'],
  ['0 0 *,5 * 1', [0], [0], everyDay, everyMonth, [1], 'both'],
  ['5/20 0 ? jan,JUL 6', [5, 25, 45], [0], everyDay, [1, 7], [6], 'both'],
  ['  0   3 * * 1-5/2 ', [0], [3], everyDay, everyMonth, [1, 3, 5], 'both'],
  ['0 0 31 2 1', [0], [0], [31], [2], [1], 'either'],
  ['0 0 29 2 *', [0], [0], [29], [2], everyWeekday, 'both'],
  ['@weekly', [0], [0], everyDay, everyMonth, [0], 'both'],
  ['@yearly', [0], [0], [1], [1], everyWeekday, 'both'],
])('%s is read as Kubernetes reads it', (expression, minutes, hours, days, months, weekdays, dayRule) => {
  expect(parseCron(expression)).toEqual({
    kind: 'times',
    times: { minutes, hours, days, months, weekdays, dayRule },
  });
});

const fiveFields =
  'five fields (minute, hour, day, month, weekday), such as 0 3 * * *; there is no field for seconds';
const macros = 'five fields, or one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly';

test.each([
  ['', fiveFields],
  ['0 3 * *', fiveFields],
  ['0 0 3 * * *', fiveFields],
  ['@every 1h', macros],
  ['@reboot', macros],
  [
    'CRON_TZ=Europe/Berlin 0 3 * * *',
    'the expression without the zone, and the zone as Schedule.cron(…, { timeZone })',
  ],
  ['TZ=UTC @daily', 'the expression without the zone, and the zone as Schedule.cron(…, { timeZone })'],
  ['0 0 31 2 *', 'a day that exists in one of the months, because this job would never run'],
  ['0 0 30,31 feb *', 'a day that exists in one of the months, because this job would never run'],
  ['0 0 31 4,6,9,11 ?', 'a day that exists in one of the months, because this job would never run'],
  ['60 * * * *', "a number from 0 to 59 for the minute instead of '60'"],
  ['0 24 * * *', "a number from 0 to 23 for the hour instead of '24'"],
  ['0 0 0 * *', "a number from 1 to 31 for the day instead of '0'"],
  ['0 0 1 foo *', "a number from 1 to 12 for the month instead of 'foo'"],
  ['0 0 * * 7', "a number from 0 (Sunday) to 6 for the weekday instead of '7'"],
  ['0 22-5 * * *', "a range from low to high for the hour instead of '22-5'"],
  ['*/0 * * * *', "a step of 1 or more for the minute instead of '*/0'"],
  ['0 0 L * *', "a number from 1 to 31 for the day instead of 'L'"],
  ['0 0 * * 1#2', "a number, a range, a step or * for the weekday instead of '1#2'"],
  ['5, * * * *', "a number, a range, a step or * for the minute instead of ''"],
  ['H * * * *', "a number from 0 to 59 for the minute instead of 'H'"],
])('the expression %j is refused', (expression, write) => {
  const issue = `shop/retention: schedule is ${JSON.stringify(expression)}: write ${write}`;
  expect(issuesOfApp(job({ schedule: Schedule.cron(expression) }), onDocker)).toEqual([issue]);
  expect(issuesOfApp(job({ schedule: Schedule.cron(expression) }), onKubernetes)).toEqual([issue]);
});

test.each(['UTC', 'Etc/UTC', 'Europe/Berlin', 'US/Eastern', 'Etc/GMT+5', 'America/Port-au-Prince'])(
  'the time zone %s is known',
  (zone) => {
    expect(timeZoneProblem(zone)).toBeUndefined();
  },
);

const zoneHint = 'a time zone of the IANA database, such as Europe/Berlin or UTC';

test.each([
  ['Europe/Atlantis', zoneHint],
  ['', zoneHint],
  ['Local', zoneHint],
  ['+01:00', zoneHint],
  ["UTC'; reboot", zoneHint],
  ['EUROPE/BERLIN', 'Europe/Berlin'],
])('the time zone %j is refused', (timeZone, write) => {
  expect(issuesOfApp(job({ schedule: Schedule.cron('@daily', { timeZone }) }))).toEqual([
    `shop/retention: schedule.timeZone is ${JSON.stringify(timeZone)}: write ${write}`,
  ]);
});

test('a job has a default for when and how often it is tried', () => {
  expect(workloadOfApp('retention', job())).toMatchObject({
    run: 'scheduled',
    schedule: {
      kind: 'cron',
      expression: '0 3 * * *',
      timeZone: 'UTC',
      startWithin: Duration.minutes(5),
      timeout: Duration.minutes(60),
      retries: 3,
    },
    entrypoint: ['python', 'retention.py'],
    arguments: [],
    ports: [],
    readiness: { kind: 'none' },
    liveness: { kind: 'none' },
    gate: { kind: 'none' },
  });
});

test('all invalid limits of a run are reported together', () => {
  const props = {
    command: [],
    startWithin: Duration.seconds(5),
    timeout: Duration.seconds(0),
    retries: -1,
  };
  expect(issuesOfApp(job(props))).toEqual([
    'shop/retention: startWithin is 5 seconds: write 10 to 86400 seconds',
    'shop/retention: timeout is 0 seconds: write 1 to 604800 seconds',
    'shop/retention: retries is -1: write a whole number from 0 to 20',
    'shop/retention: command is []: write a program and its arguments',
  ]);
});

test('nothing can wait for a job, since it has no readiness', () => {
  const build: Build = (app) => {
    const retention = new ScheduledJob(app, 'retention', {
      image: 'api:1.0',
      command: ['true'],
      schedule: Schedule.cron('@daily'),
    });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor: [retention] });
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: waitsFor is "retention": write a component with a port, or a migration',
  ]);
});
