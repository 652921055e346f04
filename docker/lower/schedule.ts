import { parseCron, type Cron } from '../../constructs/model/schedule';
import { toSeconds } from '../../constructs/model/units';
import type { Workload } from '../../constructs/model/workload';
import { identified, type Container, type HealthCheck } from '../container';
import scheduler from './schedule.sh';

/** What a scheduler is, besides the container of its job. */
export type Scheduler = Pick<Container, 'configs' | 'health' | 'tmpfs'>;

const folder = '/etc/catamaran';
/** Holds the time of the scheduler's last look at the clock. `schedule.sh` names it as well. */
const state = '/run/catamaran';

/** What a container runs: the program of its workload, or the scheduler that runs it again and again. */
export function lowerEntrypoint(program: readonly string[], { schedule }: Workload): readonly string[] {
  return schedule.kind === 'none' ? program : ['sh', `${folder}/schedule.sh`, ...program];
}

/**
 * A scheduler within the job's own container, as one beside it would need the rights of the engine, which are root's.
 * Its program asks the clock once a minute, in the time zone, and runs what it is given: one run at a time, again
 * after a failure as Kubernetes does, ended by SIGTERM with what runs. SIGUSR2 starts a run at once; SIGUSR1 is how a
 * run says that it has ended. POSIX, besides `date +%s` and the image's own `timeout`.
 */
export function schedulerOf(schedule: Workload['schedule'], { name, grace }: Workload): Scheduler {
  if (schedule.kind === 'none') return { configs: [], health: [], tmpfs: [] };
  const script = `${settings(schedule, toSeconds(grace))}\n${scheduler}`;
  return {
    configs: [identified(`${name}-schedule`, folder, { 'schedule.sh': script })],
    health: [alive],
    tmpfs: [{ path: state, size: 64 * 1024 }],
  };
}

// Two looks at the clock that are late make it unhealthy.
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
