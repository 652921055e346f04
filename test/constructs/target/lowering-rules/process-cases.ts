import { Migration, Schedule, ScheduledJob, type MigrationProps } from 'catamaran';
import { withProps as api, type Build } from '../../../support/application';
import { finalRefusal, type RuleCase } from '../../../support/rules';
import { rule } from './cases';

const migration =
  (props: Partial<MigrationProps>): Build =>
  (app) =>
    new Migration(app, 'migration', { image: 'api:1.0', command: ['up'], ...props });

const job =
  (env: Readonly<Record<string, string>>): Build =>
  (app) =>
    new ScheduledJob(app, 'night', {
      image: 'api:1.0',
      command: ['run'],
      schedule: Schedule.cron('@daily'),
      env,
    });

/** A case of what no environment can accept. */
function bound(...args: Parameters<typeof rule>): RuleCase {
  const one = rule(...args);
  return { ...one, rule: `${one.rule} limit` };
}

const dotted = { 'discovery.type': 'single-node' };
const inName = 'a name of letters, digits and _, or pass the value as an argument or in a file';
const asAnnotation = (key: string) => `annotations: { '${key}': … } instead, which may have any text`;
const inOverride =
  'it as a label in an override of the Docker environments, dockerContainer(…) with engine.labels';

const dockerCases: readonly RuleCase[] = [
  bound(
    'docker',
    'variables',
    {
      workload: 'night',
      words: 'a shell starts the runs of a job with a schedule, and passes no such variable on',
      refusal: finalRefusal('Docker', 'the variable is discovery.type', inName),
    },
    job(dotted),
    job({ DISCOVERY_TYPE: 'single-node' }),
  ),
  rule(
    'docker',
    'annotations',
    { words: 'An engine has no annotations: they become labels' },
    api({ annotations: { a: 'b' } }),
    api({ labels: { a: 'b' } }),
  ),
];

const kubernetesCases: readonly RuleCase[] = [
  bound(
    'kubernetes',
    'variables',
    {
      workload: 'migration',
      words: 'in the pods that wait for a migration, a shell runs its check, and passes no such variable on',
      refusal: finalRefusal('Kubernetes', 'the variable is discovery.type', inName),
    },
    migration({ check: ['is-up'], env: dotted }),
    api({ env: dotted }),
  ),
  bound(
    'kubernetes',
    'gate',
    {
      workload: 'migration',
      words: 'a pod that waits for a migration cannot see whether it has ended',
      refusal: finalRefusal(
        'Kubernetes',
        'check is missing',
        'check: […], a command that exits with 0 only if the schema is up to date; or repeatable: true, if the command takes a lock and leaves a newer schema alone',
      ),
    },
    migration({}),
    migration({ check: ['is-up'] }),
  ),
  rule(
    'kubernetes',
    'gate',
    {
      workload: 'migration',
      words:
        'Each pod that waits for a repeatable migration runs the command of the migration again, and starts after it',
    },
    migration({ repeatable: true }),
    migration({ check: ['is-up'] }),
  ),
  ...(
    [
      ['labels traefik.rule is Host(`a`)', { 'traefik.rule': 'Host(`a`)' }, asAnnotation('traefik.rule')],
      ['key is a[0]', { 'a[0]': 'b' }, inOverride],
    ] as const
  ).map(([what, labels, fix]) =>
    bound(
      'kubernetes',
      'labels',
      {
        words: 'a label has at most 63 letters, digits and - . _, with a letter or a digit at both ends',
        refusal: finalRefusal('Kubernetes', what, fix),
      },
      api({ labels }),
      api({ labels: { 'example.com/tier': 'web', empty: '' } }),
    ),
  ),
  bound(
    'kubernetes',
    'annotations',
    {
      words:
        'the key of an annotation has at most 63 letters, digits and - . _, perhaps after a DNS name and a /',
      refusal: finalRefusal('Kubernetes', 'key is a[0]', inOverride),
    },
    api({ annotations: { 'a[0]': 'b' } }),
    api({ annotations: { 'traefik.rule': 'Host(`a`)' } }),
  ),
  rule(
    'kubernetes',
    'init',
    {
      words:
        'The first process of the pod ends what the program leaves behind. The containers of the pod see each other’s processes; a pod has one container here, besides those that run before it',
    },
    api({ init: true }),
    api({ init: false }),
  ),
  rule(
    'kubernetes',
    'stopSignal',
    {
      words:
        'A command in the container sends the signal to the program, and waits for its end: the image needs sh. STOPSIGNAL in the Dockerfile needs none',
    },
    api({ stopSignal: 'SIGQUIT' }),
    api(),
  ),
  bound(
    'kubernetes',
    'stopSignal',
    {
      words:
        'a shell in the container sends the signal, to the first process, and with init that is not the program',
      refusal: finalRefusal(
        'Kubernetes',
        'stopSignal is SIGINT',
        'no init, or STOPSIGNAL in the Dockerfile and no stopSignal',
      ),
    },
    api({ stopSignal: 'SIGINT', init: true }),
    api({ stopSignal: 'SIGINT' }),
  ),
  rule(
    'kubernetes',
    'platform',
    { words: 'Nodes tell only that their processor is a 32-bit Arm, and not its version' },
    api({ platform: 'linux/arm/v7' }),
    api({ platform: 'linux/arm64' }),
  ),
];

/** A case for each rule about how a program starts and stops, and what others read about it. */
export const processCases: readonly RuleCase[] = [...dockerCases, ...kubernetesCases];
