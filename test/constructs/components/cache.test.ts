import { Backend, Cache, Size, type Application } from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  present,
  workloadOfApp,
} from '../../support/application';
import { variable } from '../../support/variable';

describe('a cache', () => {
  const build = (app: Application) => {
    const cache = new Cache(app, 'my-cache', { memory: Size.mebibytes(100) });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: cache.url } });
  };

  test('has a URL with its password, and keeps a quarter of its memory free', () => {
    const [cache, api] = modelOfApp(build).workloads;
    expect(variable(present(api), 'URL')).toBe('redis://:<MY_CACHE_PASSWORD>@my-cache:6379/0');
    expect(cache?.entrypoint.at(-1)).toContain(`maxmemory ${75 * 1024 ** 2}"`);
    expect(JSON.stringify(cache?.volumes)).toBe('[]');
  });

  test('takes its memory from its environment', () => {
    const components = { 'my-cache': { memory: Size.mebibytes(400) } };
    const [cache] = modelOfApp(build, { ...onDocker, components }).workloads;
    expect(cache?.entrypoint.at(-1)).toContain(`maxmemory ${300 * 1024 ** 2}"`);
  });

  test('is reached with TLS if it is a managed service', () => {
    const components = { 'my-cache': { managed: { host: 'cache.example.com' } } };
    const { workloads } = modelOfApp(build, { ...onKubernetes, components });
    expect(variable(present(workloads[0]), 'URL')).toBe(
      'rediss://:<MY_CACHE_PASSWORD>@cache.example.com:6379/0',
    );
    expect(workloads[0]?.connections).toMatchObject([
      { kind: 'external', port: 6379, addresses: ['0.0.0.0/0'] },
    ]);
  });
});

describe('the settings of a cache', () => {
  const withArgs =
    (...args: readonly string[]) =>
    (app: Application) =>
      new Cache(app, 'cache', { args });

  test('may be another rule for what it drops', () => {
    expect(workloadOfApp('cache', withArgs('--maxmemory-policy', 'volatile-ttl')).arguments).toEqual([
      '--maxmemory-policy',
      'volatile-ttl',
    ]);
  });

  const kept = 'it keeps nothing on a disk, and new RedisStore(…) is for data that must stay';
  test.each<[readonly string[], string]>([
    [['--appendonly', 'yes'], `args has --appendonly, which is set already: ${kept}`],
    [['--save', '60', '1'], `args has --save, which is set already: ${kept}`],
    [
      ['--maxmemory-policy', 'noeviction'],
      'args has --maxmemory-policy, which is set already: a cache drops keys when it is full, and new RedisStore(…) drops nothing',
    ],
  ])('%j leads to a store', (args, message) => {
    expect(issuesOfApp(withArgs(...args))).toEqual([`shop/cache: ${message}`]);
  });
});
