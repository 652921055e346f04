import {
  argoCd,
  backupVolume,
  certificateFiles,
  Cpu,
  Duration,
  envFile,
  flux,
  gateway,
  Health,
  hostPort,
  ingress,
  Json,
  loadBalancer,
  Route,
  Schedule,
  Secret,
  Size,
  text,
  Backend,
  type ApplicationProps,
  type BackendProps,
  type CacheProps,
  type MongoDatabaseProps,
  type RedisStoreProps,
  type ComponentSettings,
  type SqlDatabaseProps,
  type DockerOptions,
  type ExternalApiProps,
  type FrontendProps,
  type KubernetesOptions,
  type MigrationProps,
  type ReverseProxyProps,
  type ScheduledJobProps,
  type SearchEngineProps,
  type WorkerProps,
} from 'catamaran';
import { application } from '../support/application';

// An object for each table of props and options, with every key that it knows. It does not compile without one.

const cpu = { request: Cpu.millicores(100), limit: Cpu.cores(1) };
const memory = { request: Size.mebibytes(128), limit: Size.mebibytes(256) };
const timing = {
  every: Duration.seconds(5),
  timeout: Duration.seconds(2),
  retries: 3,
  startPeriod: Duration.seconds(9),
};
const backup = {
  schedule: Schedule.cron('0 2 * * *', { timeZone: 'Europe/Berlin' }),
  keep: 3,
  to: backupVolume(Size.gibibytes(1)),
  memory,
  timeout: Duration.minutes(5),
};

const container = {
  image: 'api:1.0',
  shell: 'none',
  command: ['node'],
  args: ['server.js'],
  env: { A: 'b', N: 1, ON: true, J: Json.of([1]), S: Secret.named('S') },
  files: { '/srv/app/a': 'a', '/srv/app/b': text`b` },
  cpu,
  memory,
  processes: 100,
  user: { uid: 1000, gid: 1000, binding: 'image' },
  scratch: [{ path: '/tmp', size: Size.mebibytes(8), medium: 'disk', content: 'image' }],
  root: 'writable',
  runsAsRoot: { reason: 'why', capabilities: ['CHOWN'] },
  capabilities: ['NET_BIND_SERVICE'],
  bindMounts: [{ folder: '.', path: '/srv/here', access: 'read-only' }],
  connectsTo: [],
  waitsFor: [],
  grace: Duration.seconds(5),
  exceptions: { 'secrets-in-files': 'why' },
  deadline: Duration.minutes(5),
} as const;

const backend: Required<BackendProps> = {
  ...container,
  volumes: { data: { path: '/data', size: Size.gibibytes(1), ownership: 'image' } },
  port: 8000,
  ports: { metrics: 9100, dns: { number: 5353, protocol: 'udp' } },
  replicas: 1,
  autoscale: { max: 3, targetPercent: 50 },
  health: Health.http('/', { ...timing, port: 'metrics' }),
  liveness: Health.tcp(timing),
  publish: { http: 8080, dns: 53 },
};

const { port: _port, ports: _ports, publish: _publish, ...worker } = backend;
const { ports: _more, ...onePort } = backend;
const { command: _command, args: _args, ...others } = container;
const { deadline: _deadline, ...jobs } = others;

/** The components by class name: their whole props. */
export const components = {
  Backend: backend,
  Worker: {
    ...worker,
    health: Health.command(['true'], timing),
    liveness: Health.command(['true']),
  } satisfies Required<WorkerProps>,
  Frontend: { ...onePort, kind: 'static', root: '/srv', singlePage: true } satisfies Required<FrontendProps>,
  Migration: { ...others, command: ['up'], check: ['is-up'] } satisfies Required<MigrationProps>,
  ScheduledJob: {
    ...jobs,
    command: ['run'],
    schedule: Schedule.cron('@daily'),
    timeout: Duration.minutes(5),
    retries: 1,
    startWithin: Duration.minutes(5),
  } satisfies Required<ScheduledJobProps>,
  PostgresDatabase: {
    image: 'postgres:17',
    version: '17',
    user: { uid: 999, gid: 999 },
    database: 'shop',
    username: 'shop',
    args: ['-c', 'work_mem=8MB'],
    env: { TZ: 'UTC' },
    init: { '10-schema.sql': 'SELECT 1' },
    files: { '/etc/postgresql/own.conf': '' },
    noPassword: { reason: 'a test' },
    databases: { reports: { username: 'reporter' } },
    sharedMemory: Size.mebibytes(64),
    storage: Size.gibibytes(1),
    cpu,
    memory,
    health: timing,
    grace: Duration.seconds(30),
    backup,
  } satisfies Required<SqlDatabaseProps>,
  MongoDatabase: {
    image: 'mongo:7.0',
    version: '7.0',
    user: { uid: 999, gid: 999 },
    database: 'shop',
    username: 'shop',
    args: ['--quiet'],
    env: { TZ: 'UTC' },
    init: { '10-schema.js': 'db.notes.insertOne({})' },
    files: { '/etc/mongo/own.conf': '' },
    noPassword: { reason: 'a test' },
    sharedMemory: Size.mebibytes(64),
    storage: Size.gibibytes(1),
    cpu,
    memory,
    health: timing,
    grace: Duration.seconds(30),
    backup,
    replicaSet: false,
  } satisfies Required<MongoDatabaseProps>,
  Cache: {
    image: 'redis:7.4',
    cpu,
    memory,
    args: ['--hz', '20'],
    noPassword: { reason: 'why' },
    health: timing,
  } satisfies Required<CacheProps>,
  RedisStore: {
    image: 'redis:7.4',
    storage: Size.gibibytes(1),
    cpu,
    memory,
    args: ['--hz', '20'],
    noPassword: { reason: 'why' },
    health: timing,
    grace: Duration.seconds(30),
    backup,
  } satisfies Required<RedisStoreProps>,
  SearchEngine: {
    image: 'elasticsearch:9.1.4',
    storage: Size.gibibytes(4),
    cpu,
    memory: Size.gibibytes(2),
    health: timing,
    backup,
  } satisfies Required<SearchEngineProps>,
  ExternalApi: {
    url: 'https://api.example.com',
    addresses: ['203.0.113.0/24'],
  } satisfies Required<ExternalApiProps>,
  ReverseProxy: {
    routes: [Route.redirect('/old', '/new')],
    publish: 8443,
    tls: { certificate: certificateFiles(), redirectFrom: 8081 },
    image: 'nginxinc/nginx-unprivileged:1.27',
    replicas: 1,
    cpu,
    memory,
    trustedProxies: ['10.0.0.0/8'],
  } satisfies Required<ReverseProxyProps>,
} as const;

/** The whole props of an application. */
export const applicationProps: Required<ApplicationProps> = {
  folder: '.',
  version: '1.0.0',
  owner: { team: 'shop', email: 'shop@example.com' },
};

const settings: Required<ComponentSettings> = {
  replicas: 1,
  autoscale: { max: 3, targetPercent: 50 },
  cpu,
  memory,
  storage: Size.gibibytes(1),
  tls: { certificate: certificateFiles(), redirectFrom: 8081 },
  trustedProxies: ['10.0.0.0/8'],
  backup,
  env: { A: 'b' },
  exceptions: { 'secrets-in-files': 'why' },
  managed: {
    host: 'db.example.com',
    port: 5432,
    addresses: ['203.0.113.0/24'],
    url: Secret.named('URL'),
    username: 'shop',
    database: 'shop',
  },
};

const common = {
  choices: { store: 'postgres' },
  texts: { DOMAIN: 'shop.example.com', WORKERS: 8 },
  data: 'keep',
  accept: ['autoscaling'],
  forbid: ['low-ports'],
  images: 'any',
  purpose: 'production',
  exceptions: { 'pinned-images': 'why' },
  registry: 'registry.example.com/shop',
  toolbox: 'busybox:1.37',
} as const;

const controller = { namespace: 'ingress', labels: { app: 'ingress' } };

/** The whole options of an environment, by the name of its function. */
export const environments = {
  docker: {
    ...common,
    secrets: envFile(),
    host: 'ssh://user@host',
    components: {
      api: {
        ...settings,
        expose: hostPort(8080),
        overrides: [],
        bindMounts: [{ folder: '.', path: '/srv/there', access: 'read-only' }],
      },
    },
  } satisfies Required<DockerOptions>,
  kubernetes: {
    ...common,
    secrets: envFile(),
    namespace: 'shop',
    context: 'here',
    pullSecret: 'registry',
    proxy: ingress({ className: 'nginx', controller }),
    storageClass: 'standard',
    dns: [{ pods: controller, addresses: ['10.0.0.53/32'], port: 53 }],
    qualityOfService: 'burstable',
    userIds: 'declared',
    gitops: argoCd({ repository: 'https://git.example.com/gitops.git' }),
    components: { api: { ...settings, expose: loadBalancer(80), overrides: [] } },
  } satisfies Required<KubernetesOptions>,
  other: {
    namespace: 'shop',
    proxy: gateway({ className: 'nginx', controller }),
    gitops: flux({ sourceRef: { name: 'gitops' }, decryption: { secret: 'sops' } }),
  } satisfies KubernetesOptions,
} as const;

const target = new Backend(
  application(() => undefined),
  'api',
  { image: 'api:1.0', port: 8000 },
);

/** The arguments of each function that takes some, with all options. */
export const calls: Readonly<Record<string, readonly unknown[]>> = {
  'Image.build': ['api', { dockerfile: 'Dockerfile', platforms: ['linux/amd64'] }],
  'Route.path': [
    '/',
    [{ component: target, weight: 1 }],
    {
      hosts: ['www.example.com'],
      stripPrefix: true,
      websocket: true,
      bodyLimit: Size.mebibytes(1),
      timeout: Duration.seconds(5),
      sticky: { cookie: 'replica' },
      auth: { user: 'team', password: Secret.random('PASSWORD') },
    },
  ],
  'Route.redirect': ['/old', '/new', { hosts: ['www.example.com'], status: 301 }],
  'Schedule.cron': ['@daily', { timeZone: 'UTC' }],
  'Health.http': ['/', { ...timing, headers: { Accept: 'text/plain' }, host: 'shop.example.com' }],
  'Health.tcp': [timing],
  'Health.grpc': [{ ...timing, service: 'shop.Orders' }],
  'Health.none': ['it answers by UDP alone'],
  'Health.command': [['true'], timing],
  'Json.of': [{ a: [1, null, 'b'] }],
  'Json.text': ['{}'],
  'Secret.named': ['KEY'],
  'Secret.random': ['KEY'],
  'Secret.variables': ['A', 'B'],
  'Size.bytes': [1],
  'Size.kibibytes': [1],
  'Size.mebibytes': [1],
  'Size.gibibytes': [1],
  'Duration.milliseconds': [1],
  'Duration.seconds': [1],
  'Duration.minutes': [1],
  'Cpu.millicores': [1],
  'Cpu.cores': [1],
  backupVolume: [Size.gibibytes(1)],
  hostPort: [8080, '127.0.0.1'],
  nodePort: [30080, 80],
  loadBalancer: [80],
  envFile: ['.env'],
  existingSecret: ['shop'],
  generated: [{ others: envFile() }],
  externalSecrets: [{ store: 'vault', kind: 'SecretStore', refresh: Duration.minutes(5), prefix: 'shop/' }],
  sealedSecrets: [{ file: 'sealed.yaml' }],
  sops: [{ file: 'secrets.yaml' }],
  certificateFiles: ['CERTIFICATE', 'KEY'],
  tlsSecret: ['shop-tls'],
  certManager: ['letsencrypt'],
  ingress: [
    {
      className: 'nginx',
      controller,
      flavour: 'plain',
      annotations: { a: 'b' },
      passwords: 'passwords',
    },
  ],
  gateway: [{ gateway: { name: 'public', namespace: 'gateways' }, controller }],
  argoCd: [
    {
      repository: 'https://git.example.com/gitops.git',
      path: 'dist',
      revision: 'main',
      project: 'default',
      server: 'https://kubernetes.default.svc',
      namespace: 'argocd',
      sync: { prune: true, selfHeal: true },
    },
  ],
  flux: [
    {
      sourceRef: { kind: 'Bucket', name: 'gitops', namespace: 'flux-system' },
      path: 'dist',
      namespace: 'flux-system',
      interval: Duration.minutes(5),
      timeout: Duration.minutes(5),
      prune: true,
      decryption: { secret: 'sops' },
    },
  ],
  dockerContainer: [{ name: 'api', reason: 'why', change: (one: object) => one }],
  kubernetesObject: ['Deployment', { name: 'api', reason: 'why', change: (one: object) => one }],
};
