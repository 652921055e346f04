import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPod } from './rules';

export const boundedRuns: Policy<KubernetesPlan> = {
  name: 'bounded-runs',
  rule: 'A job is tried a limited number of times. A scheduled job also has a deadline to start and a time limit, and its runs never overlap.',
  why: 'A run that hangs blocks the next runs, or runs beside them. Without limits, failed runs repeat forever.',
  sources: [
    'kube-linter job-ttl-seconds-after-finished',
    'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  ],
  check: eachPod(({ controller }) => {
    if (controller.kind === 'Job')
      return faultUnless(
        controller.spec?.backoffLimit !== undefined,
        'spec.backoffLimit',
        controller.spec?.backoffLimit,
        'a number of retries',
      );
    if (controller.kind !== 'CronJob' || !controller.spec) return [];
    const { concurrencyPolicy, startingDeadlineSeconds, jobTemplate } = controller.spec;
    const { activeDeadlineSeconds } = jobTemplate.spec ?? {};
    return [
      ...faultUnless(concurrencyPolicy === 'Forbid', 'spec.concurrencyPolicy', concurrencyPolicy, 'Forbid'),
      ...faultUnless(
        startingDeadlineSeconds !== undefined,
        'spec.startingDeadlineSeconds',
        startingDeadlineSeconds,
        'a number of seconds, from startWithin of the component',
      ),
      ...faultUnless(
        activeDeadlineSeconds !== undefined,
        'spec.jobTemplate.spec.activeDeadlineSeconds',
        activeDeadlineSeconds,
        'a number of seconds, from timeout of the component',
      ),
    ];
  }),
};
