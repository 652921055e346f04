import {
  Backend,
  backupVolume,
  Cache,
  RedisStore,
  Schedule,
  Size,
  type Application,
  type RedisStoreProps,
} from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  present,
  workloadOfApp,
} from '../../support/application';
import { variable } from '../../support/variable';

describe('a store of Redis', () => {
  const build = (app: Application) => {
    const queue = new RedisStore(app, 'queue', { memory: Size.mebibytes(100) });
    const env = { URL: queue.url, HOST: queue.host, DB: queue.database, LOGIN: queue.password };
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
  };

  test('has the address of a cache, and a volume', () => {
    const { workloads, secrets } = modelOfApp(build);
    const [queue, api] = workloads;
    expect(variable(present(api), 'URL')).toBe('redis://:<QUEUE_PASSWORD>@queue:6379/0');
    expect(variable(present(api), 'HOST')).toBe('queue');
    expect(variable(present(api), 'DB')).toBe('0');
    expect(variable(present(api), 'LOGIN')).toBe('<QUEUE_PASSWORD>');
    expect(secrets).toEqual(['QUEUE_PASSWORD']);
    expect(queue).toMatchObject({
      run: 'stateful',
      user: { uid: 999, gid: 999, binding: 'any' },
      volumes: [{ name: 'data', path: '/data', size: Size.gibibytes(1), ownership: 'image' }],
      scratch: [{ path: '/tmp' }],
      grace: { milliseconds: 60_000 },
    });
  });

  test('takes memory and volume from its environment, and keeps half of the memory free', () => {
    const components = { queue: { memory: Size.mebibytes(400), storage: Size.gibibytes(9) } };
    const [queue] = modelOfApp(build, { ...onDocker, components }).workloads;
    expect(queue?.entrypoint.at(-1)).toContain(`echo "maxmemory ${200 * 1024 ** 2}"`);
    expect(queue?.volumes.map(({ size }) => size)).toEqual([Size.gibibytes(9)]);
  });

  test('is ready when it has loaded its data, and a dependent without a password asks it as well', () => {
    const queue = workloadOfApp('queue', build);
    expect(queue.readiness).toMatchObject({
      check: {
        command: [
          ...['sh', '-c'],
          'REDISCLI_AUTH="$(cat /run/secrets/store/password)" redis-cli -h 127.0.0.1 ping | grep -q PONG',
        ],
      },
    });
    expect(queue.gate).toMatchObject({
      check: { command: ['sh', '-c', "redis-cli -h queue ping | grep -Eq 'PONG|NOAUTH'"] },
    });
  });

  test('is reached with TLS if it is a managed service', () => {
    const components = { queue: { managed: { host: 'redis.example.com', username: 'shop' } } };
    const { workloads } = modelOfApp(build, { ...onKubernetes, components });
    expect(workloads.map(({ name }) => name)).toEqual(['api']);
    expect(variable(present(workloads[0]), 'URL')).toBe(
      'rediss://shop:<QUEUE_PASSWORD>@redis.example.com:6379/0',
    );
  });
});

describe('settings of the server', () => {
  const withArgs =
    (...args: readonly string[]) =>
    (app: Application) =>
      new RedisStore(app, 'queue', { args });

  test('follow the configuration', () => {
    const { entrypoint, arguments: args } = workloadOfApp('queue', withArgs('--appendfsync', 'always'));
    expect(entrypoint.at(-2)).toMatch(/exec redis-server \/tmp\/redis\.conf "\$@"$/);
    expect(entrypoint.at(-1)).toBe('redis-server');
    expect(args).toEqual(['--appendfsync', 'always']);
  });

  test.each<[readonly string[], string]>([
    [
      ['--requirepass', 'hunter2'],
      'args has --requirepass, which is set already: it has a password of its own, as a secret',
    ],
    [
      ['--requirepass=hunter2'],
      'args has --requirepass, which is set already: it has a password of its own, as a secret',
    ],
    [
      ['--hz', '20', '--MaxMemory', '1gb'],
      'args has --MaxMemory, which is set already: it is a part of the limit: write memory: Size.mebibytes(…)',
    ],
    [
      ['--appendonly yes'],
      'args has --appendonly, which is set already: it keeps its data in an append-only file and in snapshots',
    ],
    [
      ['--maxmemory-policy', 'allkeys-lru'],
      'args has --maxmemory-policy, which is set already: it drops nothing, and new Cache(…) is for keys that may be dropped',
    ],
    [
      ['redis-server', '--requirepass', 'hunter2'],
      'args starts with redis-server, but the component starts the server itself: write its options alone',
    ],
    [
      ['/etc/redis.conf'],
      "args starts with /etc/redis.conf, which is no option: write ['--include', '/etc/redis.conf']",
    ],
    [
      ['hz', '20'],
      "args starts with hz, which is no option: write options with their values, such as ['--hz', '20']",
    ],
    [['--hz=20'], "args has --hz=20, but the server takes a name and a value: write '--hz', '20'"],
  ])('%j is told what is wrong', (args, message) => {
    expect(issuesOfApp(withArgs(...args))).toEqual([`shop/queue: ${message}`]);
  });
});

describe('images', () => {
  const of = (image: string) => workloadOfApp('queue', (app) => new RedisStore(app, 'queue', { image }));
  const program = (image: string) => present(of(image).entrypoint[2]);

  test('Valkey has programs of its own', () => {
    const queue = of('valkey/valkey:8');
    expect(queue.entrypoint[2]).toMatch(/; exec valkey-server \/tmp\/redis\.conf$/);
    expect(queue.readiness).toMatchObject({
      check: { command: ['sh', '-c', expect.stringMatching(/ valkey-cli /)] },
    });
  });

  test.each([
    ['redis:8', '/usr/local/lib/redis/modules/*.so'],
    ['redis/redis-stack-server:7.4.0-v3', '/opt/redis-stack/lib/redisearch.so'],
    ['redislabs/redismod:edge', '/usr/lib/redis/modules/rejson.so'],
  ])('%s keeps its modules', (image, path) => {
    expect(program(image)).toContain(
      `for module in ${path}; do [ ! -x "$module" ] || echo "loadmodule $module"; done;`,
    );
  });

  test.each(['redis:7.4', 'redis:7-alpine', 'redis:5.0.14'])('%s has none', (image) => {
    expect(program(image)).not.toContain('loadmodule');
  });

  test.each([
    ['redis:6.0', false],
    ['redis:5-alpine', false],
    ['redis:6.2', true],
    ['redis:latest', true],
    [`redis@sha256:${'a'.repeat(64)}`, true],
  ])('%s knows the address that need not exist: %s', (image, knows) => {
    expect(program(image).includes('bind * -::*')).toBe(knows);
  });

  test('an image whose folder belongs to root gets a new owner for it', () => {
    expect(of('redis/redis-stack:7.4.0-v3').volumes[0]?.ownership).toBe('target');
    expect(of('bitnami/redis:7.4').volumes[0]?.ownership).toBe('target');
    expect(of('redis:7-alpine').volumes[0]?.ownership).toBe('image');
  });

  test('a server with another configuration is refused', () => {
    const image = 'docker.dragonflydb.io/dragonflydb/dragonfly:v1.27.1';
    expect(issuesOfApp((app) => new RedisStore(app, 'queue', { image }))).toEqual([
      `shop/queue: image is "${image}": write an image of Redis, Valkey or KeyDB, such as redis:7.4, or use a Backend for this one`,
    ]);
  });
});

describe.each([
  ['a store', RedisStore],
  ['a cache', Cache],
] as const)('%s without a password', (_, Kind) => {
  const build = (app: Application) => {
    const redis = new Kind(app, 'redis', { noPassword: { reason: 'the data is public' } });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: redis.url } });
  };

  test('has neither a secret nor a login, and says so', () => {
    const { workloads, secrets } = modelOfApp(build);
    const [redis, api] = workloads;
    expect(variable(present(api), 'URL')).toBe('redis://redis:6379/0');
    expect(secrets).toEqual([]);
    expect(redis).toMatchObject({
      secretFiles: [],
      authentication: { kind: 'none', reason: 'the data is public' },
    });
    expect(redis?.entrypoint[2]).toMatch(/^umask 077; \{ echo "protected-mode no"; echo "bind \* -::\*"; /);
  });
});

test('a store without a password is backed up without a login', () => {
  const backup = { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) };
  const scriptOf = (props: RedisStoreProps) =>
    workloadOfApp('queue-backup', (app) => new RedisStore(app, 'queue', { backup, ...props })).files[0]
      ?.files['backup.sh'];
  expect(scriptOf({})).toContain('IFS= read -r REDISCLI_AUTH </run/secrets/store/password');
  expect(scriptOf({ noPassword: { reason: 'the data is public' } })).not.toContain('read -r REDISCLI_AUTH');
  expect(scriptOf({ image: 'valkey/valkey:8' })).toContain('verify() { valkey-check-rdb "$1" >/dev/null; }');
});
