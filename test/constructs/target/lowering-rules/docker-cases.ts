import { Duration, hostPort, nodePort, PostgresDatabase, Size, Worker } from 'catamaran';
import { onDocker, type Build, withProps as api } from '../../../support/application';
import { refusalOf, type RuleCase } from '../../../support/rules';
import { rule, job, exposed, promised, cached, proxied } from './cases';

const database: Build = (app) => new PostgresDatabase(app, 'database');
const worker: Build = (app) => new Worker(app, 'worker', { image: 'api:1.0' });

const copied = { path: '/etc/app', size: Size.mebibytes(1), medium: 'disk', content: 'image' } as const;

const scratch = (medium: 'disk' | 'memory') =>
  api({ scratch: [{ path: '/tmp', size: Size.mebibytes(1), medium }] });

/** A case for each rule of the table of Docker. */
export const dockerCases: readonly RuleCase[] = [
  rule(
    'docker',
    'trustedProxies',
    {
      workload: 'proxy',
      words:
        'To a container, a load balancer on the same host has the address of the gateway of its network, such ' +
        'as 172.18.0.1: trust that address, and publish the proxy at 127.0.0.1 only',
    },
    proxied(['10.0.0.0/8']),
    proxied([]),
  ),

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
    'scratch',
    {
      words:
        "A folder with the image's content is a volume on the disk, without a limit of its size. A new image gets " +
        'a new one, and a restart keeps what was written. An image without a digest that changes under its tag ' +
        'needs another tag',
    },
    api({ scratch: [copied] }),
    scratch('disk'),
  ),

  rule(
    'docker',
    'scratch',
    {
      words:
        "With compose, all replicas of a component share a folder with the image's content. With " +
        '@pulumi/docker, each has its own',
    },
    api({ scratch: [copied], replicas: 2 }),
    api({ scratch: [copied] }),
  ),

  rule(
    'docker',
    'scratch',
    {
      words:
        'The engine copies a folder of the image with the owners that the image says. Another container then runs ' +
        "the image's chown as root, so that the user owns all of it. It can read all files and change owners, and " +
        'nothing else',
    },
    api({ scratch: [copied] }),
    api({ scratch: [copied], runsAsRoot: { reason: 'why' } }),
  ),

  rule(
    'docker',
    'ports',
    {
      words:
        'Docker lets every user of a container listen on ports below 1024 since version 20.10. With an older ' +
        'engine, or another one such as Podman, only root can',
    },
    api({ port: 80 }),
    api({ port: 1024 }),
  ),

  rule(
    'docker',
    'capabilities',
    {
      words:
        'a user other than root gets no capability from its container, as no program can gain privileges',
      refusal: refusalOf(
        'Docker',
        'capabilities',
        undefined,
        "runsAsRoot with the capabilities that root needs, or only 'NET_BIND_SERVICE'",
      ),
    },
    api({ capabilities: ['NET_RAW'] }),
    api({ capabilities: ['NET_BIND_SERVICE'] }),
  ),

  rule(
    'docker',
    'exposure',
    {
      words: 'an engine can publish only ports of its own host',
      refusal: refusalOf('Docker', 'exposure', undefined, 'expose: hostPort(…)'),
    },
    exposed(onDocker, nodePort(30000)),
    exposed(onDocker, hostPort(8080)),
  ),

  rule(
    'docker',
    'replicas',
    {
      words: 'a port of the host can lead to only one container',
      refusal: refusalOf('Docker', 'replicas', '2', 'replicas: 1, or publish a ReverseProxy in its place'),
    },
    api({ replicas: 2, publish: 80 }),
    api({ replicas: 2 }),
  ),

  rule(
    'docker',
    'autoscaling',
    {
      words:
        'an engine does not change the number of containers by itself, so only the smallest number of replicas runs',
      refusal: refusalOf(
        'Docker',
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
        'The engine runs the check inside the container, with a program of the image: for HTTP the first of curl, ' +
        'wget, python3, node and bash, for a port the first of python3, node, bash and nc, for gRPC grpc_health_probe or a curl ' +
        'that speaks HTTP/2. With @pulumi/docker, a new container gets requests once its whole release is healthy. After that, and always with compose, a container that listens gets ' +
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
          'an engine runs the first health check after one interval, so no container is healthy before that',
        refusal: refusalOf('Docker', 'deadline', got, fix),
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
    'docker',
    'connections',
    {
      words:
        'Networks of Docker cannot filter: internet and a HostProgram open every port of every address outside, including ' +
        'the metadata address of a cloud, private networks, and the host',
    },
    api({ internet: { ports: [443] } }),
    cached,
  ),

  rule(
    'docker',
    'grace',
    { words: '@pulumi/docker counts whole seconds: it rounds a part of a second up' },
    api({ grace: Duration.milliseconds(2500) }),
    api({ grace: Duration.seconds(2) }),
  ),
];
