import { Duration } from '../model/units';
import type { Deadline, Workload } from '../model/workload';

/**
 * The deadline of a component. Stateful workloads are replaced in place, so there is no previous release to keep. Scheduled
 * runs have a timeout.
 */
export function deadlineOf(run: Workload['run'], deadline: Duration | undefined): Deadline {
  if (deadline !== undefined) return { kind: 'after', time: deadline };
  if (run === 'stateful' || run === 'scheduled') return { kind: 'none' };
  return { kind: 'after', time: Duration.minutes(run === 'once' ? 30 : 10) };
}
