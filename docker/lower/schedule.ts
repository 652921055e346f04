import { parseCron, type Cron } from '../../constructs/model/schedule';
import { toSeconds } from '../../constructs/model/units';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import type { Lowering } from '../../constructs/target/lowering';
import { wholeSeconds } from '../../constructs/target/seconds';
import { identified, type Container, type HealthCheck } from '../container';
import scheduler from './schedule.sh';

/** How Docker runs jobs with a schedule. */
export const loweringOfSchedule = {
  support: 'emulated',
  differences: [
    {
      when: ({ kind }) => kind === 'cron',
      note:
        'A loop in the container of the job checks the time once a minute and starts the runs. The image needs sh and ' +
        'date, time zone data if the zone is not UTC, and timeout to stop a run. Runs that are due while the container ' +
        'is down are left out',
    },
    wholeSeconds('The loop', (schedule) =>
      schedule.kind === 'none' ? [] : [schedule.startWithin, schedule.timeout],
    ),
  ],
  lower: schedulerOf,
} satisfies Lowering<Workload['schedule'], Partial<Container>, ApplicationModel>;

/** The parts that the scheduler of a job adds to the container of the job. */
export type Scheduler = Pick<Container, 'configs' | 'health' | 'tmpfs'>;

const folder = '/etc/catamaran';
/** The folder for the scheduler's own files, such as the time of its last check of the clock. `schedule.sh` names it too. */
const state = '/run/catamaran';

/** The entrypoint of a container: the program of its workload, or the scheduler that starts the program. */
export function lowerEntrypoint(program: readonly string[], { schedule }: Workload): readonly string[] {
  return schedule.kind === 'none' ? program : ['sh', `${folder}/schedule.sh`, ...program];
}

/**
 * The scheduler of a job. It runs in the container of the job: a scheduler in another container would need access to the
 * Docker engine, which is as powerful as root on the host.
 *
 * The script checks the clock once a minute, in the time zone of the schedule, and starts the program of the job. Only one
 * run exists at a time, and a run that fails is tried again as on Kubernetes. SIGTERM ends the scheduler and its run.
 * SIGUSR2 starts a run now; a run sends SIGUSR1 when it has ended. The image must have a POSIX shell and `date +%s`, and time
 * zone data if the zone is not UTC. Without the program `timeout`, the scheduler cannot stop a run that takes too long.
 */
function schedulerOf(schedule: Workload['schedule'], { name, grace }: Workload): Scheduler {
  if (schedule.kind === 'none') return { configs: [], health: [], tmpfs: [] };
  const script = `${settings(schedule, toSeconds(grace))}\n${scheduler}`;
  return {
    configs: [identified(`${name}-schedule`, folder, { 'schedule.sh': script })],
    health: schedulerHealth(schedule),
    tmpfs: [{ path: state, size: 64 * 1024 }],
  };
}

/** The health check of a scheduler. A workload without a schedule has none. */
export function schedulerHealth({ kind }: Workload['schedule']): readonly HealthCheck[] {
  return kind === 'none' ? [] : [alive];
}

// The scheduler checks the clock every 60 s: after two missed checks it is unhealthy.
const alive: HealthCheck = {
  command: ['sh', '-c', `read -r last <${state}/alive && [ $(($(date +%s) - last)) -lt 150 ]`],
  interval: 10_000,
  timeout: 5_000,
  retries: 3,
  startPeriod: 30_000,
};

function settings({ expression, timeZone, startWithin, timeout, retries }: Cron, grace: number): string {
  const parsed = parseCron(expression);
  if (parsed.kind === 'problem') throw new Error(`${expression}: write ${parsed.write}`);
  const { minutes, hours, days, months, weekdays, dayRule } = parsed.times;
  const list = (values: readonly number[], digits: number) =>
    `'${values.map((value) => String(value).padStart(digits, '0')).join(' ')}'`;
  return [
    `# ${expression}`,
    `zone='${timeZone}'`,
    `minutes=${list(minutes, 2)}`,
    `hours=${list(hours, 2)}`,
    `days=${list(days, 2)}`,
    `months=${list(months, 2)}`,
    `weekdays=${list(weekdays, 1)}`,
    `day_rule=${dayRule}`,
    `start_within=${toSeconds(startWithin)}`,
    `timeout=${toSeconds(timeout)}`,
    `retries=${retries}`,
    `grace=${grace}`,
    '',
  ].join('\n');
}
