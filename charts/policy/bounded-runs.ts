import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofPods } from './rules';

/** No run holds up the next. */
export const boundedRuns: Policy<KubernetesPlan> = {
  name: 'bounded-runs',
  rule: 'What runs to its end is tried a number of times, ends in time where it has one, and waits for no other run of itself.',
  why: 'A run that hangs holds the next ones back, or goes on beside them; those that are done stay for ever.',
  sources: [
    'kube-linter job-ttl-seconds-after-finished',
    'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  ],
  check: ofPods(({ controller }) => {
    if (controller.kind === 'Job')
      return must(
        controller.spec?.backoffLimit !== undefined,
        'spec.backoffLimit',
        controller.spec?.backoffLimit,
        'a number',
      );
    if (controller.kind !== 'CronJob' || !controller.spec) return [];
    const { concurrencyPolicy, startingDeadlineSeconds, jobTemplate } = controller.spec;
    const { activeDeadlineSeconds } = jobTemplate.spec ?? {};
    return [
      ...must(concurrencyPolicy === 'Forbid', 'spec.concurrencyPolicy', concurrencyPolicy, 'Forbid'),
      ...must(
        startingDeadlineSeconds !== undefined,
        'spec.startingDeadlineSeconds',
        startingDeadlineSeconds,
        'startWithin of the component',
      ),
      ...must(
        activeDeadlineSeconds !== undefined,
        'spec.jobTemplate.spec.activeDeadlineSeconds',
        activeDeadlineSeconds,
        'timeout of the component',
      ),
    ];
  }),
};
