import * as catamaran from 'catamaran';
import {
  type Application,
  Backend,
  Cache,
  docker,
  envFile,
  Frontend,
  kubernetes,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  ScheduledJob,
  Size,
  Worker,
  type EnvironmentSpec,
} from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';

import { issuesOfApp, modelOfApp, onDocker, thrownBy, withProps } from '../../support/application';

// What a program in JavaScript writes. To the compiler, each of these is a mistake.

const wrong = (given: unknown) => given as never;
const told = (props: object) => issuesOfApp(withProps(wrong(props)));

test.each<[string, object, string]>([
  ['replica', { replica: 3 }, 'replica is not a prop of Backend: did you mean replicas?'],
  ['Port', { Port: 3 }, 'Port is not a prop of Backend: did you mean port?'],
  ['environment', { environment: {} }, 'environment is not a prop of Backend: did you mean env?'],
  ['waitFor', { waitFor: [] }, 'waitFor is not a prop of Backend: did you mean waitsFor?'],
  [
    'nothing like it',
    { xyz: 1 },
    'xyz is not a prop of Backend: write one of image, shell, command, args, env, files, secretFiles, sharedVolumes, cpu, memory, processes, user, scratch, root, runsAsRoot, capabilities, bindMounts, connectsTo, waitsFor, internet, grace, exceptions, deadline, labels, annotations, workingDirectory, tty, stdin, init, stopSignal, platform, volumes, port, ports, publish, replicas, autoscale, health, liveness',
  ],
  ['user.uuid', { user: { uid: 5, gid: 5, uuid: 1 } }, 'user.uuid is not a field of user: did you mean uid?'],
  [
    'a volume',
    { volumes: { data: { path: '/data', siz: Size.gibibytes(1) } } },
    'volumes.data.siz is not a field of a volume: did you mean size?',
  ],
  [
    'memory.limits',
    { memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64), limits: 1 } },
    'memory.limits is not a part of an amount: did you mean limit?',
  ],
  [
    '__proto__',
    JSON.parse('{"__proto__": 1}') as object,
    '__proto__ is not a prop of Backend: write one of image, shell, command, args, env, files, secretFiles, sharedVolumes, cpu, memory, processes, user, scratch, root, runsAsRoot, capabilities, bindMounts, connectsTo, waitsFor, internet, grace, exceptions, deadline, labels, annotations, workingDirectory, tty, stdin, init, stopSignal, platform, volumes, port, ports, publish, replicas, autoscale, health, liveness',
  ],
])('an unknown key is told with what was meant: %s', (_, props, message) => {
  expect(issuesOfApp((app) => new Backend(app, 'api', Object.assign(props, good) as never))).toEqual([
    `shop/api: ${message}`,
  ]);
});

const good = { image: 'api:1.0', port: 8000 };

test.each<[object, string]>([
  [{ memory: '512Mi' }, 'memory is "512Mi": write Size.mebibytes(512)'],
  [{ memory: '512m' }, 'memory is "512m": write Size.mebibytes(512)'],
  [{ memory: '1G' }, 'memory is "1G": write Size.gibibytes(1)'],
  [{ memory: '1.5 GB' }, 'memory is "1.5 GB": write Size.gibibytes(1.5)'],
  [{ memory: '1Ti' }, 'memory is "1Ti": write Size.gibibytes(1024)'],
  [{ memory: 512 }, 'memory is 512: write Size.mebibytes(512)'],
  [{ memory: 536870912 }, 'memory is 536870912: write Size.mebibytes(512)'],
  [{ memory: 'much' }, 'memory is "much": write a size, such as Size.mebibytes(256)'],
  [{ memory: null }, 'memory is null: write a size, such as Size.mebibytes(256)'],
  [{ memory: { bytes: Number.NaN } }, 'memory is {"bytes":null}: write a size, such as Size.mebibytes(256)'],
  [
    { memory: { request: '64Mi', limit: Size.mebibytes(128) } },
    'memory.request is "64Mi": write Size.mebibytes(64)',
  ],
  [
    { memory: { limit: Size.mebibytes(128) } },
    'memory.request is missing: write a size, such as Size.mebibytes(256)',
  ],
  [{ cpu: '500m' }, 'cpu is "500m": write Cpu.millicores(500)'],
  [{ cpu: 500 }, 'cpu is 500: write Cpu.millicores(500)'],
  [{ cpu: 0.5 }, 'cpu is 0.5: write Cpu.cores(0.5)'],
  [{ cpu: '2' }, 'cpu is "2": write Cpu.cores(2)'],
  [{ cpu: true }, 'cpu is true: write an amount of CPU, such as Cpu.millicores(500)'],
  [{ grace: 30 }, 'grace is 30: write Duration.seconds(30)'],
  [{ grace: 30_000 }, 'grace is 30000: write Duration.seconds(30)'],
  [{ grace: '30s' }, 'grace is "30s": write Duration.seconds(30)'],
  [{ grace: '1m30s' }, 'grace is "1m30s": write Duration.seconds(90)'],
  [{ grace: '5 minutes' }, 'grace is "5 minutes": write Duration.minutes(5)'],
  [{ grace: '250ms' }, 'grace is "250ms": write Duration.milliseconds(250)'],
  [{ grace: 'soon' }, 'grace is "soon": write a duration, such as Duration.seconds(30)'],
  [
    { grace: Size.mebibytes(1) },
    'grace is a size of 1048576 bytes: write a duration, such as Duration.seconds(30)',
  ],
  [{ port: '8000' }, 'port is "8000": write 8000'],
  [{ port: null }, 'port is null: write a whole number from 1 to 65535'],
  [{ port: Number.NaN }, 'port is not a number: write a whole number from 1 to 65535'],
  [{ root: 'writeable' }, 'root is "writeable": write one of read-only, writable'],
  [{ runsAsRoot: true }, "runsAsRoot is true: write { reason: 'the entrypoint becomes another user' }"],
  [{ runsAsRoot: {} }, 'runsAsRoot.reason is missing: write why the program must run as root'],
  [
    { runsAsRoot: { reason: 'why', capabilities: 'CHOWN' } },
    `runsAsRoot.capabilities is "CHOWN": write ['CHOWN']`,
  ],
  [{ capabilities: ['CAP_NET_RAW'] }, `capabilities[0] is "CAP_NET_RAW": write 'NET_RAW'`],
  [{ capabilities: ['net_bind_service'] }, `capabilities[0] is "net_bind_service": write 'NET_BIND_SERVICE'`],
  [
    { capabilities: ['ALL'] },
    'capabilities[0] is "ALL": write the names of the capabilities that the program needs, each by itself',
  ],
  [
    { capabilities: [5] },
    "capabilities[0] is 5: write the name of a Linux capability, such as 'NET_BIND_SERVICE'",
  ],
  [
    { scratch: [{ path: '/tmp', size: Size.mebibytes(1), medium: 'disk', content: 'full' }] },
    'scratch[0].content is "full": write one of empty, image',
  ],
  [{ replicas: '3' }, 'replicas is "3": write 3'],
  [{ replicas: [3] }, 'replicas is [3]: write a whole number from 1 to 1000'],
  [{ replicas: 3n }, 'replicas is 3: write a whole number from 1 to 1000'],
  [{ command: 'node x' }, `command is "node x": write ['node', 'x']`],
  [{ command: 'echo $HOME' }, `command is "echo $HOME": write ['sh', '-c', 'echo $HOME']`],
  [{ command: ['node', 5] }, `command[1] is 5: write '5'`],
  [{ command: ['node', null] }, 'command[1] is null: write a text'],
  [{ args: '--verbose' }, `args is "--verbose": write ['--verbose']`],
  [{ health: '/h' }, `health is "/h": write Health.http('/h')`],
  [{ health: {} }, `health is {}: write Health.http('/health')`],
  [{ image: { context: 'api' } }, `image is {"context":"api"}: write Image.build('api')`],
  [{ image: 5 }, "image is 5: write an image with a tag, such as 'api:1.0', or Image.build('folder')"],
  [{ env: { A: undefined } }, 'env.A is missing: write a text, a finite number, true or false'],
  [{ env: { A: null } }, 'env.A is null: write a text, a finite number, true or false'],
  [
    { env: { A: {} } },
    'env.A is an object: write a text, a finite number, true or false, or Json.of(…) for a value in JSON',
  ],
  [
    { env: { A: ['b'] } },
    'env.A is a list: write a text, a finite number, true or false, or Json.of(…) for a value in JSON',
  ],
  [{ env: ['PASSWORD=b'] }, "env is a list: write an object, such as { LOG_LEVEL: 'info' }"],
  [{ env: 'PASSWORD=b' }, "env is a text: write an object, such as { LOG_LEVEL: 'info' }"],
  [
    { files: { '/srv/a': 5 } },
    'files./srv/a is a number: write the content of the file as a text, or text`…` with references in it',
  ],
  [
    { files: ['/srv/a'] },
    `files is ["/srv/a"]: write an object, such as { '/etc/app/config.yaml': 'debug: false' }`,
  ],
  [{ user: 1000 }, 'user is 1000: write { uid: 1000, gid: 1000 }'],
  [{ user: { uid: '5', gid: 5 } }, 'user.uid is "5": write 5'],
  [{ user: { uid: 5, gid: 5, binding: 'Image' } }, 'user.binding is "Image": write one of image, any, named'],
  [
    { scratch: '/cache' },
    `scratch is "/cache": write [{ path: '/cache', size: Size.mebibytes(64), medium: 'disk' }]`,
  ],
  [
    { scratch: [{ path: '/cache', size: Size.mebibytes(1), medium: 'ram' }] },
    'scratch[0].medium is "ram": write one of disk, memory',
  ],
  [{ volumes: ['/data'] }, `volumes is ["/data"]: write { data: { path: '/data' } }`],
  [
    { volumes: { data: { path: '/data', ownership: 'root' } } },
    'volumes.data.ownership is "root": write one of image, target',
  ],
  [
    { bindMounts: [{ folder: '.', path: '/srv/a', access: 'rw' }] },
    'bindMounts[0].access is "rw": write one of read-only, read-write',
  ],
  [{ exceptions: ['x'] }, `exceptions is ["x"]: write { 'x': 'the reason' }`],
  [{ exceptions: { x: true } }, 'exceptions.x is true: write the reason as a text'],
  [{ waitsFor: ['database'] }, 'waitsFor[0] is "database": write a component, such as database'],
  [{ autoscale: 5 }, 'autoscale is 5: write { max: 6 }'],
  [{ autoscale: { maximum: 5 } }, 'autoscale.maximum is not a field of autoscale: did you mean max?'],
])('a value of another type is told with what to write: %p', (props, message) => {
  expect(told(props)[0]).toBe(`shop/api: ${message}`);
});

test('the right variables beside a wrong one are checked as well', () => {
  const build = (app: Application) => {
    new Cache(app, 'cache');
    new Backend(app, 'api', { ...good, env: { HOST: 'cache', A: {} as never } });
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: env.A is an object: write a text, a finite number, true or false, or Json.of(…) for a value in JSON',
    'shop/api: env.HOST names the component cache in plain text, which opens no connection: write cache.host, or text`cache` if this is no host',
  ]);
});

test('a component is no list of components', () => {
  const build = (app: Application) => {
    const web = new Backend(app, 'web', good);
    new Backend(app, 'api', { ...good, waitsFor: web as never });
  };
  expect(issuesOfApp(build)).toEqual(['shop/api: waitsFor is the component web: write [web]']);
});

test.each<[string, (app: Application) => unknown, string]>([
  [
    'a schedule',
    (app) => new ScheduledJob(app, 'x', wrong({ image: 'a:1', command: ['a'], schedule: '0 3 * * *' })),
    `schedule is "0 3 * * *": write Schedule.cron('0 3 * * *')`,
  ],
  [
    'a timeout',
    (app) =>
      new ScheduledJob(
        app,
        'x',
        wrong({ image: 'a:1', command: ['a'], schedule: catamaran.Schedule.cron('@daily'), timeout: '1h' }),
      ),
    'timeout is "1h": write Duration.minutes(60)',
  ],
  [
    'a deadline of a job',
    (app) =>
      new ScheduledJob(
        app,
        'x',
        wrong({
          image: 'a:1',
          command: ['a'],
          schedule: catamaran.Schedule.cron('@daily'),
          deadline: catamaran.Duration.minutes(5),
        }),
      ),
    'deadline is not a prop of ScheduledJob: write one of image, shell, env, files, secretFiles, sharedVolumes, cpu, memory, processes, user, scratch, root, runsAsRoot, capabilities, bindMounts, connectsTo, waitsFor, internet, grace, exceptions, labels, annotations, workingDirectory, tty, stdin, init, stopSignal, platform, command, schedule, timeout, retries, startWithin',
  ],
  [
    'a check',
    (app) => new Migration(app, 'x', wrong({ image: 'a:1', command: ['up'], check: 'is up' })),
    `check is "is up": write ['is', 'up']`,
  ],
  [
    'a port of a worker',
    (app) => new Worker(app, 'x', wrong({ image: 'a:1', port: 8000 })),
    'port is not a prop of Worker: write one of image, shell, command, args, env, files, secretFiles, sharedVolumes, cpu, memory, processes, user, scratch, root, runsAsRoot, capabilities, bindMounts, connectsTo, waitsFor, internet, grace, exceptions, deadline, labels, annotations, workingDirectory, tty, stdin, init, stopSignal, platform, volumes, replicas, autoscale, health, liveness',
  ],
  [
    'a check of a worker',
    (app) => new Worker(app, 'x', wrong({ image: 'a:1', health: catamaran.Health.http('/') })),
    "health is a health check: write Health.command(['python3', 'healthy.py']), because a worker has no port",
  ],
  [
    'the kind of a frontend',
    (app) => new Frontend(app, 'x', wrong({ kind: 'spa', image: 'a:1' })),
    'kind is "spa": write one of static, server',
  ],
  [
    'a page of a frontend',
    (app) => new Frontend(app, 'x', wrong({ kind: 'static', image: 'a:1', singlepage: 'true' })),
    'singlepage is not a prop of Frontend: did you mean singlePage?',
  ],
  [
    'routes',
    (app) => new ReverseProxy(app, 'x', wrong({ routes: Route.redirect('/', '/a') })),
    'routes is a route: write a list of routes, such as [route]',
  ],
  [
    'tls',
    (app) => new ReverseProxy(app, 'x', wrong({ routes: [Route.redirect('/a', '/b')], tls: true })),
    'tls is true: write { certificate: certificateFiles() }',
  ],
  [
    'the storage',
    (app) => new PostgresDatabase(app, 'x', wrong({ storage: '10Gi' })),
    'storage is "10Gi": write Size.gibibytes(10)',
  ],
  [
    'a backup',
    (app) => new PostgresDatabase(app, 'x', wrong({ backup: '@daily' })),
    `backup is "@daily": write { schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(10)) }`,
  ],
  [
    'the timing of a check',
    (app) => new Cache(app, 'x', wrong({ health: { intervall: 5, every: '5s' } })),
    'health.intervall is not a field of health: write one of every, timeout, retries, startPeriod',
  ],
])('%s is told with what to write', (_, build, message) => {
  expect(issuesOfApp(build, onDocker)[0]).toBe(`shop/x: ${message}`);
});

const api = (app: Application) => new Backend(app, 'api', good);

test.each<[object, string]>([
  [{ regsitry: 'x' }, 'regsitry is not an option of docker(): did you mean registry?'],
  [{ data: 'Keep' }, 'data is "Keep": write one of keep, delete'],
  [{ images: true }, 'images is true: write one of any, pinned'],
  [{ secrets: '.env' }, `secrets is ".env": write envFile('.env')`],
  [{ secrets: {} }, 'secrets is an object: write a source, such as envFile()'],
  [{ forbid: 'low-ports' }, `forbid is "low-ports": write ['low-ports']`],
  [
    { accept: ['nonsense'] },
    'accept[0] is "nonsense": write one of name, run, schedule, image, shell, entrypoint, arguments, variables, files, secretFiles, addedSecrets, fileModes, volumes, sharedVolumes, bindMounts, scratch, root, user, privilege, capabilities, ports, exposure, authentication, ownName, routes, tls, trustedProxies, replicas, autoscaling, cpu, memory, processes, readiness, liveness, gate, after, connections, grace, deadline, labels, annotations, workingDirectory, terminal, stdin, init, stopSignal, platform, exceptions',
  ],
  [{ exceptions: ['x'] }, `exceptions is ["x"]: write { 'x': 'the reason' }`],
  [{ choices: { store: 5 } }, `choices.store is 5: write '5'`],
  [{ texts: { DOMAIN: true } }, 'texts.DOMAIN is true: write a text or a number'],
  [{ texts: 'localhost' }, `texts is "localhost": write an object, such as { DOMAIN: 'shop.example.com' }`],
  [{ components: { api: { expose: 8080 } } }, 'components.api.expose is 8080: write hostPort(8080)'],
  [{ components: { api: { memory: '1Gi' } } }, 'components.api.memory is "1Gi": write Size.gibibytes(1)'],
  [
    { components: { api: { replica: 2 } } },
    'components.api.replica is not a setting of api: did you mean replicas?',
  ],
  [{ components: { api: 2 } }, 'components.api is 2: write its settings, such as { replicas: 2 }'],
  [
    { components: { api: { bindMounts: 'src' } } },
    `components.api.bindMounts is "src": write [{ folder: 'src', path: '/app/src' }]`,
  ],
  [
    { components: { api: { overrides: [{}] } } },
    "components.api.overrides[0] is {}: write dockerContainer({ reason: 'why', change: (container) => ({ ...container }) })",
  ],
])('an option of docker() is told at the environment: %j', (options, message) => {
  const all = issuesOfApp(api, docker(wrong({ secrets: envFile(), ...options })));
  expect(all[0]).toBe(`shop (dev): ${message}`);
});

test.each<[object, string[]]>([
  [{ regsitry: 'x' }, ['regsitry is not an option of kubernetes(): did you mean registry?']],
  [{ namespace: 5 }, [`namespace is 5: write '5'`]],
  [{ namespace: undefined }, ["namespace is missing: write a namespace, such as 'shop'"]],
  [{ proxy: 'nginx' }, ['proxy is "nginx": write nginx(), ingress({ … }) or gateway({ … })']],
  [
    { qualityOfService: 'Burstable' },
    ['qualityOfService is "Burstable": write one of guaranteed, burstable'],
  ],
  [
    { gitops: 'flux' },
    [
      `gitops is "flux": write argoCd({ repository: 'https://git.example.com/gitops.git' }) or flux({ sourceRef: { name: 'gitops' } })`,
    ],
  ],
  [{ components: { api: { expose: 80 } } }, ['components.api.expose is 80: write loadBalancer(80)']],
  [{ secrets: 'shop' }, [`secrets is "shop": write a source, such as existingSecret('shop')`]],
])('an option of kubernetes() is told at the environment: %j', (options, messages) => {
  expect(issuesOfApp(api, kubernetes(wrong({ namespace: 'shop', ...options })))).toEqual(
    messages.map((message) => `shop (dev): ${message}`),
  );
});

test('a copy of an environment keeps what is wrong with it', () => {
  const place: EnvironmentSpec = { ...docker(wrong({ data: 'Delete' })), registry: 'registry.example.com' };
  expect(issuesOfApp(api, place)).toEqual(['shop (dev): data is "Delete": write one of keep, delete']);
});

test('a changed copy of an environment is checked as well', () => {
  const changes = { data: 'Delete', accept: 5, components: { api: { memory: '1Gi' } } };
  const place: EnvironmentSpec = wrong({ ...onDocker, ...changes });
  expect(issuesOfApp(api, place)).toEqual([
    'shop (dev): data is "Delete": write one of keep, delete',
    "shop (dev): accept is 5: write a list, such as ['autoscaling']",
    'shop (dev): components.api.memory is "1Gi": write Size.gibibytes(1)',
  ]);
});

/** What a call returns, or the message of what it throws. */
function messageOf(call: () => unknown): string {
  try {
    return String(call());
  } catch (error) {
    return (error as Error).message;
  }
}

test('what may be the value of a secret is never shown', () => {
  const value = 'hunter2=';
  const calls: readonly (() => unknown)[] = [
    () => Route.path('/', [], wrong({ auth: value })),
    () => Route.path('/', [], wrong({ auth: { user: 'a', password: value } })),
    () =>
      issuesOfApp(
        (app) =>
          new ReverseProxy(
            app,
            'proxy',
            wrong({ routes: [Route.redirect('/a', '/b')], tls: { certificate: value } }),
          ),
      ),
    () => issuesOfApp(withProps(wrong({ env: value, files: { '/srv/app/a': { password: value } } }))),
    () => issuesOfApp(withProps(wrong({ env: { A: { password: value } }, password: value }))),
    () =>
      issuesOfApp(
        (app) => new Cache(app, 'cache'),
        docker(
          wrong({
            secrets: value,
            components: { cache: { managed: { host: 'a', url: value }, password: value } },
          }),
        ),
      ),
    () =>
      issuesOfApp(
        (app) => new Cache(app, 'cache'),
        docker(wrong({ components: { cache: { managed: value } } })),
      ),
  ];
  for (const call of calls) {
    const message = messageOf(call);
    expect(message).toMatch(/: write /);
    expect(message).not.toContain('hunter2');
  }
});

test('what is no environment is told where the stack is defined', () => {
  expect(thrownBy(() => catamaran.defineStack(wrong(Object), wrong({ dev: {} }))).message).toBe(
    "defineStack: dev is {}: write docker() or kubernetes({ namespace: 'shop' })",
  );
});

test.each<[string, () => unknown, string]>([
  [
    'Image.build',
    () => catamaran.Image.build('x', wrong({ traget: 'y' })),
    'traget is not an option: did you mean target?',
  ],
  [
    'Image.build',
    () => catamaran.Image.build(wrong([5]), wrong({ platforms: 'linux/amd64' })),
    `context is [5]: write a folder, such as 'api'|platforms is "linux/amd64": write ['linux/amd64']`,
  ],
  [
    'Schedule.cron',
    () => catamaran.Schedule.cron('@daily', wrong({ timezone: 'UTC' })),
    'timezone is not an option: did you mean timeZone?',
  ],
  [
    'Route.redirect',
    () => Route.redirect('/a', '/b', wrong({ status: 303, stripPrefix: true })),
    'stripPrefix is not an option: write one of hosts, status|status is 303: write one of 301, 302, 308',
  ],
  [
    'Route.path',
    () => Route.path('/a', wrong('api')),
    'to is "api": write a backend, or a list such as [{ component: backend, weight: 1 }]',
  ],
  [
    'Health.http',
    () => catamaran.Health.http('/', wrong({ timeout: '2s', retry: 3 })),
    'retry is not an option: write one of every, timeout, retries, startPeriod, port, headers, host|timeout is "2s": write Duration.seconds(2)',
  ],
  [
    'Health.command',
    () => catamaran.Health.command(wrong('pg_isready -q')),
    `command is "pg_isready -q": write ['pg_isready', '-q']`,
  ],
  ['hostPort', () => catamaran.hostPort(wrong('8080')), 'port is "8080": write 8080'],
  ['Size.mebibytes', () => Size.mebibytes(wrong('512')), 'amount is "512": write Size.mebibytes(512)'],
  [
    'Size.mebibytes',
    () => Size.mebibytes(Number.NaN),
    'amount is not a number: write a number, such as Size.mebibytes(10)',
  ],
  [
    'Duration.seconds',
    () => catamaran.Duration.seconds(wrong(undefined)),
    'amount is missing: write a number, such as Duration.seconds(10)',
  ],
  [
    'Cpu.cores',
    () => catamaran.Cpu.cores(Infinity),
    'amount is Infinity: write a number, such as Cpu.cores(10)',
  ],
  [
    'Secret.named',
    () => catamaran.Secret.named(wrong(undefined)),
    "name is missing: write the name of the secret, such as 'API_KEY'",
  ],
  [
    'Json.of',
    () => catamaran.Json.of(wrong({ a: undefined })),
    'data has undefined in data.a: write only texts, finite numbers, true, false, null, lists and objects',
  ],
  [
    'externalSecrets',
    () => catamaran.externalSecrets({ store: 'vault', prefix: 'a/', key: 'b' }),
    'prefix and key are both there: write one of them: key says that all secrets are in one entry, prefix that each has its own',
  ],
  [
    'gateway',
    () =>
      catamaran.gateway(
        wrong({
          className: 'a',
          gateway: { name: 'a', namespace: 'b' },
          controller: { namespace: 'a', labels: {} },
        }),
      ),
    'gateway and className are both there: write one of them: gateway for a Gateway that exists, className to create one',
  ],
  [
    'ingress',
    () =>
      catamaran.ingress(
        wrong({ className: 'a', flavor: 'nginx', controller: { namespace: 'a', labels: { a: 1 } } }),
      ),
    `flavor is not an option: did you mean flavour?|controller.labels.a is 1: write '1'`,
  ],
  [
    'dockerContainer',
    () => dockerContainer(wrong({ change: 5, why: 'a' })),
    'why is not an option: write one of name, reason, change|reason is missing: write why it is needed, as a text|change is 5: write a function, such as (object) => ({ ...object })',
  ],
])('%s throws everything that is wrong with its arguments at once', (name, action, messages) => {
  expect(thrownBy(action).message).toBe(
    messages
      .split('|')
      .map((message) => `${name}: ${message}`)
      .join('\n'),
  );
});

test.each<[object, string]>([
  [
    { engine: { capabilites: [] } },
    'returns an object in which engine.capabilites is not an option of the engine: did you mean capabilities?',
  ],
  [{ engine: { capabilities: 'NET_ADMIN' } }, `sets engine.capabilities to "NET_ADMIN": write ['NET_ADMIN']`],
  [{ engine: { ulimits: { nofile: 1024 } } }, 'sets engine.ulimits.nofile to 1024: write { soft, hard }'],
  [{ engin: {} }, 'returns an object in which engin is not a field of a container: did you mean engine?'],
  [{ pids: '5' }, 'sets pids to "5": write 5'],
])('an override cannot return what a container does not have: %j', (more, message) => {
  const override = dockerContainer({ reason: 'a test', change: (one) => ({ ...one, ...more }) as never });
  const place = { ...onDocker, components: { api: { overrides: [override] } } };
  expect(issuesOfApp(api, place)).toEqual([
    `shop (dev): components.api.overrides: the override of Container ${message}`,
  ]);
});

test('an override cannot return an object of another form', () => {
  const override = kubernetesObject('Deployment', {
    reason: 'a test',
    change: (one) =>
      wrong({ ...one, spec: { ...one.spec, selector: 'api', template: { spec: { containers: 5 } } } }),
  });
  const place = kubernetes({ namespace: 'shop', components: { api: { overrides: [override] } } });
  expect(issuesOfApp(api, place)).toEqual([
    'shop (dev): components.api.overrides: the override of Deployment sets spec.selector to "api": write an object',
    'shop (dev): components.api.overrides: the override of Deployment sets spec.template.spec.containers to 5: write a list',
  ]);
});

test('what is wrong with an application is told as well', () => {
  const options = wrong({ foldr: '.', version: 5, owner: { mail: 'a@example.com' } });
  expect(issuesOfApp(api, docker(), options)).toEqual([
    'shop: foldr is not a prop of Application: did you mean folder?',
    `shop: version is 5: write '5'`,
    'shop: owner.mail is not a field of owner: did you mean email?',
  ]);
});

test('an undefined option counts as left out', () => {
  const site = (app: Application) =>
    new Frontend(app, 'site', wrong({ kind: 'static', image: 'site:1.0', user: undefined, port: undefined }));
  const { workloads } = modelOfApp(site);
  expect(workloads.map(({ user, ports }) => [user.uid, ports[0]?.number])).toEqual([[101, 8080]]);
});

test('what refers to a wrong component adds nothing, and all others are told at once', () => {
  expect(
    issuesOfApp(
      (app) => {
        const one = new Backend(app, 'one', wrong({ image: 5, prot: 8000 }));
        const two = new Backend(
          app,
          'two',
          wrong({ ...good, replica: 2, replicas: 0, env: { ONE: one.url } }),
        );
        new Backend(app, 'three', { ...good, waitsFor: [one, two] });
        new ReverseProxy(app, 'proxy', { routes: [Route.path('/', one), Route.path('/two', two)] });
      },
      docker({ components: { one: { replicas: 2 } } }),
    ),
  ).toEqual([
    'shop/one: prot is not a prop of Backend: did you mean port?',
    "shop/one: image is 5: write an image with a tag, such as 'api:1.0', or Image.build('folder')",
    'shop/one: port is missing: write a whole number from 1 to 65535',
    'shop/two: replica is not a prop of Backend: did you mean replicas?',
    'shop/two: replicas is 0: write a whole number from 1 to 1000',
  ]);
});
