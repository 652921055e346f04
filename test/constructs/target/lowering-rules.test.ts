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
import { expectRule, type RuleCase, type Scene } from '../../support/rules';

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

type Words = Pick<RuleCase, 'words'> & Partial<Pick<RuleCase, 'says' | 'workload'>>;

function rule(
  target: Target,
  field: RuleCase['field'],
  words: Words,
  breaks: Build | Scene,
  keeps?: Build | Scene,
) {
  const scene = (of: Build | Scene): Scene =>
    typeof of === 'function' ? { build: of, place: places[target] } : of;
  const { workload = 'api', says } = words;
  return {
    ...{ rule: `${target} ${field}`, field, workload, words: words.words, says },
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
        'a loop in the container of the job asks the clock once a minute: the image needs sh and date, the zone ' +
        'where it is not UTC, and timeout to stop a run; what falls into a time in which the container is down is ' +
        'left out',
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
        'an engine does not limit the size of a volume: it can grow as large as its disk; one that the image does ' +
        'not have is given to the user by another container, which runs chown of the image as root, with that ' +
        'right alone',
    },
    database,
    api(),
  ),
  rule(
    'docker',
    'scratch',
    { words: 'folders for temporary files are in memory and count against its limit' },
    scratch('disk'),
    scratch('memory'),
  ),
  rule(
    'docker',
    'exposure',
    {
      words: 'an engine has one host and its ports',
      says: 'exposure on docker is {"kind":"node-port","nodePort":30000,"port":80}: write expose: hostPort(…)',
    },
    exposed(onDocker, nodePort(30000)),
    exposed(onDocker, hostPort(8080)),
  ),
  rule(
    'docker',
    'replicas',
    {
      words: 'a port of the host leads to one container',
      says: 'replicas on docker is 2: write a ReverseProxy that is published in its place, or replicas: 1',
    },
    api({ replicas: 2, publish: 80 }),
    api({ replicas: 2 }),
  ),
  rule(
    'docker',
    'autoscaling',
    {
      words: 'an engine starts no containers by itself: the smallest number of replicas runs',
      says:
        'autoscaling on docker is {"kind":"cpu","max":5,"targetPercent":70}: write autoscale: \'off\' in the ' +
        "environment's components",
    },
    api({ autoscale: { max: 5 } }),
    api({ replicas: 5 }),
  ),
  rule(
    'docker',
    'processes',
    {
      words:
        'compose sets pids_limit; @pulumi/docker has no input for it: there, nothing but its memory limits how many ' +
        'processes a container can start',
    },
    api(),
  ),
  rule(
    'docker',
    'readiness',
    {
      words:
        'asked from inside the container, a port by the first of curl, wget, python3, node and bash that the image ' +
        'has; with @pulumi/docker, a new container gets requests once its whole release is healthy; from then on, ' +
        'and with compose, one that listens gets its share, ready or not',
    },
    api(),
    worker,
  ),
  rule(
    'docker',
    'liveness',
    { words: 'a container that exits is started again; one that hangs is shown as unhealthy and goes on' },
    api(),
    worker,
  ),
  rule(
    'docker',
    'deadline',
    {
      words:
        '@pulumi/docker waits no longer for a new container to be healthy, and those before it stay, but where a ' +
        'port or data cannot be shared; compose stops those before it first, and its `up --wait --wait-timeout` ' +
        'says how long; what runs to completion may take any time',
    },
    api(),
    database,
  ),
  ...[
    { deadline: 5, every: 10, write: 'more than 10 seconds, or less than 5 seconds for health.every' },
    { deadline: 10, every: 10, write: 'more than 10 seconds, or less than 10 seconds for health.every' },
    { deadline: 59.5, every: 60, write: 'more than 60 seconds, or less than 59.5 seconds for health.every' },
    { deadline: 1, every: 1, write: 'more than 1 seconds' },
  ].map(({ deadline, every, write }) => ({
    ...rule(
      'docker',
      'deadline',
      {
        words:
          'an engine asks a health check for the first time once its interval has passed: no container is healthy ' +
          'before',
        says: `deadline on docker is ${deadline}: write ${write}`,
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
        'both ends of a reference share a network of their own, in which either, and every replica of it, could connect ' +
        'to any port of the others; a reference to the outside opens all of the outside, the metadata address of a ' +
        'cloud among it, and the host; a published port opens the host as well, and lets packets out that nothing answers',
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
        'a node starts what failed again before its Job counts: after the last of the retries, one more begins and ' +
        'is stopped',
    },
    job,
    api(),
  ),
  rule(
    'kubernetes',
    'processes',
    { words: 'a pod cannot set its own limit: the podPidsLimit of its node holds' },
    api(),
  ),
  rule(
    'kubernetes',
    'exposure',
    {
      words: 'Pod Security restricted forbids host ports',
      says:
        'exposure on kubernetes is {"kind":"host-port","port":80,"address":"0.0.0.0"}: write expose: nodePort(…) ' +
        'or loadBalancer(…)',
    },
    exposed(onKubernetes, hostPort(80)),
    exposed(onKubernetes, nodePort(30000)),
  ),
  rule(
    'kubernetes',
    'deadline',
    { words: 'a StatefulSet has no deadline: its new pod is waited for, as long as it takes' },
    api({ volumes: { data: { path: '/srv/data' } }, deadline: Duration.minutes(1) }),
    api({ deadline: Duration.minutes(1) }),
  ),
  rule(
    'kubernetes',
    'bindMounts',
    {
      words: 'the nodes of a cluster have no folder of the application',
      says:
        'bindMounts on kubernetes is [{"folder":"src","path":"/srv/src","access":"read-only"}]: write files, ' +
        'volumes or an image that has the folder, and bindMounts in the components of docker() alone',
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
    { words: 'a network policy knows no host names: the port is open to all addresses of the given blocks' },
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
