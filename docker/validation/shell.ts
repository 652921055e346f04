import { componentPath } from '../../constructs/model/path';
import type { Issue } from '../../constructs/issue';
import type { ApplicationModel } from '../../constructs/model/workload';

/** Refuses a job with a schedule whose image has no shell: the program that waits for the time of its runs is a script. */
export function scheduleIssues({ name: application, workloads }: ApplicationModel): Issue[] {
  return workloads
    .filter(({ schedule, shell }) => schedule.kind !== 'none' && shell.kind === 'none')
    .map(({ name }) => {
      const write = 'an image with sh, date and timeout, because a script in it starts the runs on Docker';
      const sentence = `shell is 'none', which Docker refuses for a job with a schedule: write ${write}`;
      return { path: componentPath(application, name), field: 'shell', got: 'none', write, sentence };
    });
}
