import {
  Cache,
  Duration,
  ExternalApi,
  Health,
  hostPort,
  nodePort,
  PostgresDatabase,
  Schedule,
  ScheduledJob,
  Size,
  Worker,
} from 'catamaran';
import { kubernetesTable } from '../../../charts/lower/table';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import type { Exposure } from '../../../constructs/model/network';
import { dockerTable } from '../../../docker/lower/table';
import { onDocker, onKubernetes, planOfApp, type Build, withProps as api } from '../../support/application';
import { projectOf } from '../../support/project';
import { expectRule, refusalOf, type RuleCase, type Scene } from '../../support/rules';

const places = { docker: onDocker, kubernetes: onKubernetes };
type Target = keyof typeof places;

/** Ready in time, by a check that is asked every so many seconds. */
const promised = (deadline: number, every?: number) =>
  api({
    health: Health.tcp(every === undefined ? {} : { every: Duration.seconds(every) }),
    deadline: Duration.seconds(deadline),
  });
const database: Build = (app) => new PostgresDatabase(app, 'database');
const worker: Build = (app) => new Worker(app, 'worker', { image: 'api:1.0' });
const job: Build = (app) =>
  new ScheduledJob(app, 'night', { image: 'api:1.0', command: ['run'], schedule: Schedule.cron('@daily') });
const cached: Build = (app) => {
  const cache = new Cache(app, 'cache');
  api({ env: { CACHE_URL: cache.url } })(app);
};
const mailing: Build = (app) => {
  const mail = new ExternalApi(app, 'mail', { url: 'https://mail.example.com' });
  api({ env: { MAIL_URL: mail.url } })(app);
};
const scratch = (medium: 'disk' | 'memory') =>
  api({ scratch: [{ path: '/tmp', size: Size.mebibytes(1), medium }] });
const exposed = (place: EnvironmentSpec, expose: Exposure): Scene => ({
  build: api(),
  place: { ...place, components: { api: { expose } } },
});

type Words = Pick<RuleCase, 'words'> & Partial<Pick<RuleCase, 'refusal' | 'workload'>>;

function rule(
  target: Target,
  field: RuleCase['field'],
  words: Words,
  breaks: Build | Scene,
  keeps?: Build | Scene,
) {
  const scene = (of: Build | Scene): Scene =>
    typeof of === 'function' ? { build: of, place: places[target] } : of;
  const { workload = 'api', refusal } = words;
  return {
    ...{ rule: `${target} ${field}`, field, workload, words: words.words, refusal },
    breaks: scene(breaks),
    keeps: keeps && scene(keeps),
  };
}

const cases: readonly RuleCase[] = [
  rule(
    'docker',
    'schedule',
    {
      workload: 'night',
      words:
        'A loop in the container of the job checks the time once a minute and starts the runs. The image ' +
        'needs sh and date, time zone data if the zone is not UTC, and timeout to stop a run. Runs that are ' +
        'due while the container is down are left out',
    },
    job,
    api(),
  ),
  rule(
    'docker',
    'volumes',
    {
      workload: 'database',
      words:
        'The engine does not limit the size of a volume: it can grow until the disk is full. If the image ' +
        "does not have the volume's folder, another container makes the user its owner: it runs the image's " +
        'chown as root, with no other capability',
    },
    database,
    api(),
  ),
  rule(
    'docker',
    'scratch',
    { words: 'Scratch folders are in memory, and count towards the memory limit of the container' },
    scratch('disk'),
    scratch('memory'),
  ),
  rule(
    'docker',
    'exposure',
    {
      words: 'an engine can publish only ports of its own host',
      refusal: refusalOf('docker', 'exposure', undefined, 'expose: hostPort(…)'),
    },
    exposed(onDocker, nodePort(30000)),
    exposed(onDocker, hostPort(8080)),
  ),
  rule(
    'docker',
    'replicas',
    {
      words: 'a port of the host can lead to only one container',
      refusal: refusalOf('docker', 'replicas', '2', 'replicas: 1, or publish a ReverseProxy in its place'),
    },
    api({ replicas: 2, publish: 80 }),
    api({ replicas: 2 }),
  ),
  rule(
    'docker',
    'autoscaling',
    {
      words: 'an engine does not start containers by itself, so only the smallest number of replicas runs',
      refusal: refusalOf(
        'docker',
        'autoscaling',
        undefined,
        "autoscale: 'off' in the environment's components",
      ),
    },
    api({ autoscale: { max: 5 } }),
    api({ replicas: 5 }),
  ),
  rule(
    'docker',
    'processes',
    {
      words:
        'compose sets pids_limit. @pulumi/docker cannot set it: there, only the memory limit restricts how ' +
        'many processes a container starts',
    },
    api(),
  ),
  rule(
    'docker',
    'readiness',
    {
      words:
        'The engine runs the check inside the container. To ask a port, it uses the first of curl, wget, ' +
        'python3, node and bash that the image has. With @pulumi/docker, a new container gets requests once ' +
        'its whole release is healthy. After that, and always with compose, a container that listens gets ' +
        'requests, ready or not',
    },
    api(),
    worker,
  ),
  rule(
    'docker',
    'liveness',
    { words: 'A container that exits is restarted. One that hangs is shown as unhealthy, but keeps running' },
    api(),
    worker,
  ),
  rule(
    'docker',
    'deadline',
    {
      words:
        'With @pulumi/docker, a release that is not healthy by its deadline fails, and the old containers ' +
        'keep running; they stop first if a port or data cannot be shared. compose always stops the old ' +
        'containers first, and waits as long as `up --wait --wait-timeout` says. Containers that run to ' +
        'completion have no deadline',
    },
    api(),
    database,
  ),
  ...[
    {
      deadline: 5,
      every: 10,
      got: '5 seconds',
      fix: 'more than 10 seconds, or less than 5 seconds for health.every',
    },
    {
      deadline: 10,
      every: 10,
      got: '10 seconds',
      fix: 'more than 10 seconds, or less than 10 seconds for health.every',
    },
    {
      deadline: 59.5,
      every: 60,
      got: '59.5 seconds',
      fix: 'more than 60 seconds, or less than 59.5 seconds for health.every',
    },
    { deadline: 1, every: 1, got: '1 second', fix: 'more than 1 second' },
  ].map(({ deadline, every, got, fix }) => ({
    ...rule(
      'docker',
      'deadline',
      {
        words:
          'an engine runs a health check for the first time after one interval, so no container is healthy ' +
          'before',
        refusal: refusalOf('docker', 'deadline', got, fix),
      },
      // The default is 10 seconds.
      promised(deadline, every === 10 ? undefined : every),
      promised(every + 0.5, every),
    ),
    rule: 'docker deadline limit',
  })),
  rule(
    'docker',
    'connections',
    {
      words:
        'Each reference has a network of its own with both ends in it. There, each end, and each replica of ' +
        'it, can connect to any port of the others. A reference to the outside opens the whole outside, ' +
        'including the metadata address of a cloud, and the host. A published port opens the host as well, ' +
        'and lets packets out that get no answer',
    },
    cached,
    api(),
  ),
  rule(
    'kubernetes',
    'schedule',
    {
      workload: 'night',
      words:
        'A node restarts a failed run before its Job counts the failure. After the last retry, one more run ' +
        'starts and is stopped',
    },
    job,
    api(),
  ),
  rule(
    'kubernetes',
    'processes',
    { words: 'A pod cannot set its own limit. The podPidsLimit of its node applies' },
    api(),
  ),
  rule(
    'kubernetes',
    'exposure',
    {
      words: 'the restricted Pod Security Standard forbids host ports',
      refusal: refusalOf('kubernetes', 'exposure', undefined, 'expose: nodePort(…) or loadBalancer(…)'),
    },
    exposed(onKubernetes, hostPort(80)),
    exposed(onKubernetes, nodePort(30000)),
  ),
  rule(
    'kubernetes',
    'deadline',
    { words: 'A StatefulSet has no deadline. A release waits for its new pod as long as it takes' },
    api({ volumes: { data: { path: '/srv/data' } }, deadline: Duration.minutes(1) }),
    api({ deadline: Duration.minutes(1) }),
  ),
  rule(
    'kubernetes',
    'bindMounts',
    {
      words: 'the nodes of a cluster do not have the folders of the application',
      refusal: refusalOf(
        'kubernetes',
        'bindMounts',
        undefined,
        'files, volumes or an image with the folder, and bindMounts only in the components of docker()',
      ),
    },
    {
      build: api({ bindMounts: [{ folder: 'src', path: '/srv/src' }] }),
      place: onKubernetes,
      options: { folder: projectOf({ 'src/app.py': '' }) },
    },
    api(),
  ),
  rule(
    'kubernetes',
    'connections',
    {
      words: 'A network policy cannot name hosts. The port is open to all addresses of the given CIDR blocks',
    },
    mailing,
    cached,
  ),
];

const tables = { docker: dockerTable, kubernetes: kubernetesTable };

test('every rule of both tables has a case', () => {
  const rules = Object.entries(tables).flatMap(([target, table]) =>
    Object.entries(table).flatMap(([field, { support }]) =>
      support === 'native'
        ? []
        : [`${target} ${field}`, ...(support === 'limited' ? [`${target} ${field} limit`] : [])],
    ),
  );
  expect([...new Set(cases.map((one) => one.rule))].sort()).toEqual(rules.sort());
});

test('every rule but those about each application has one that it is not about', () => {
  const always = cases.filter(({ keeps }) => keeps === undefined).map((one) => one.rule);
  expect(always).toEqual(['docker processes', 'kubernetes processes']);
});

test('a cluster asks a health check at once: a deadline can be shorter than its interval', () => {
  expect(planOfApp(promised(1, 3600), onKubernetes).notes.map(({ field }) => field)).toEqual(['processes']);
});

test.each(cases.map((one) => [one.rule, one] as const))(
  '%s: what breaks the rule is told, and no other',
  (_, one) => {
    expectRule(one);
  },
);
