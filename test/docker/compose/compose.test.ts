import { Backend, Image, Secret } from 'catamaran';
import { composeFiles } from '../../../docker/compose/compose';
import { goDuration, megabytes, processors } from '../../../docker/apply/engine-units';
import { onDocker, planOfApp, present } from '../../support/application';
import { projectOf } from '../../support/project';
import { shop } from '../../support/shop';
import { composeOf, dockerPlan, serviceOf } from '../../support/written';

const planned = planOfApp(shop);
const compose = composeOf(planned);

test('every service is confined, those that bring secrets as well', () => {
  expect(Object.keys(compose.services)).toEqual([
    ...['api', 'cache', 'cache.secrets', 'database', 'database.secrets', 'migration', 'proxy'],
  ]);
  for (const service of Object.values(compose.services)) {
    expect(service).toMatchObject({
      cap_drop: ['ALL'],
      cgroup: 'private',
      security_opt: ['no-new-privileges:true'],
    });
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service.mem_limit).toBeGreaterThan(0);
    expect(service.pids_limit).toBeGreaterThan(0);
    expect(service.cpus).toBeGreaterThan(0);
  }
});

test('every network that a service is in exists, and every one that exists has a service', () => {
  const used = Object.values(compose.services).flatMap(({ networks }) => Object.keys(networks ?? {}));
  expect([...new Set(used)].sort()).toEqual(Object.keys(compose.networks).sort());
});

test('no network between two services has a third, and none of them leads outside', () => {
  for (const [name, { internal }] of Object.entries(compose.networks)) {
    if (!name.includes('.')) continue;
    expect(internal).toBe(true);
    const members = Object.entries(compose.services).filter(
      ([, { networks }]) => networks && name in networks,
    );
    expect(members.map(([member]) => member).sort()).toEqual(name.split('.').sort());
  }
});

test('a service without a connection has no network at all', () => {
  const alone = composeOf(planOfApp((app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 })));
  expect(alone.services['api']).toMatchObject({ network_mode: 'none' });
  expect(alone.services['api']).not.toHaveProperty('networks');
});

test('every volume and secret that a service names exists, and no other', () => {
  const mounts = Object.values(compose.services).flatMap(({ volumes }) => volumes ?? []);
  const volumes = mounts.flatMap(({ type, source }) => (type === 'volume' ? [source] : []));
  expect([...new Set(volumes)].sort()).toEqual(Object.keys(compose.volumes ?? {}).sort());
  const secrets = Object.values(compose.services).flatMap((service) => service.secrets ?? []);
  expect(secrets.map(({ source }) => source).sort()).toEqual(Object.keys(compose.secrets ?? {}).sort());
});

test('every service that another waits for exists and can be waited for', () => {
  for (const { depends_on: after } of Object.values(compose.services))
    for (const [name, { condition }] of Object.entries(after ?? {})) {
      const service = present(compose.services[name]);
      if (condition === 'service_healthy') expect(service.healthcheck?.test[0]).toBe('CMD');
      else expect(service.restart).toBe('no');
    }
});

test('a secret is asked for by name, and a start without it says what is missing', () => {
  expect(compose.services['api']?.environment).toEqual({
    CACHE_URL: 'redis://:${CACHE_PASSWORD:?is missing, see catamaran secrets}@cache:6379/0',
    DATABASE_URL:
      'postgresql://app:${DATABASE_PASSWORD:?is missing, see catamaran secrets}@database:5432/shop',
  });
});

test('the project is named after application and environment', () => {
  expect(compose.name).toBe('shop-dev');
});

test('an image that is built is built again when its sources change, from where the application is', () => {
  const folder = projectOf({ 'src/api/Dockerfile': '', 'src/api/Dockerfile.web': '' });
  const built = planOfApp(
    (app) =>
      new Backend(app, 'api', {
        image: Image.build('src/api', { dockerfile: 'Dockerfile.web' }),
        port: 8000,
      }),
    onDocker,
    { folder },
  );
  expect(composeOf(built, '../../../stacks/shop').services['api']).toMatchObject({
    build: { context: '../../../stacks/shop/src/api', dockerfile: 'Dockerfile.web' },
    pull_policy: 'build',
  });
  expect(composeOf(built).services['api']).not.toHaveProperty('image');
});

test('configuration is written next to compose.yaml, into a folder that is named by its content', () => {
  const names = (content: string) =>
    Object.keys(
      composeFiles(
        dockerPlan(
          planOfApp(
            (app) =>
              new Backend(app, 'api', { image: 'api:1.0', port: 8000, files: { '/srv/a.conf': content } }),
          ),
        ),
        '',
      ),
    );
  expect(names('a')).toEqual(['compose.yaml', expect.stringMatching(/^api-files-[0-9a-f]{8}\/a\.conf$/)]);
  expect(names('a')).toEqual(names('a'));
  expect(names('a')).not.toEqual(names('b'));
});

test.each([
  [0, '0s'],
  [500, '500ms'],
  [1000, '1s'],
  [1500, '1.5s'],
  [60_000, '1m0s'],
  [90_000, '1m30s'],
  [3_600_000, '1h0m0s'],
  [3_661_000, '1h1m1s'],
])('%d ms are %s to Go', (milliseconds, duration) => {
  expect(goDuration(milliseconds)).toBe(duration);
});

test('memory and processors are in the units of the provider', () => {
  expect([megabytes(256 * 1024 ** 2), megabytes(1024 ** 2 + 1)]).toEqual([256, 1]);
  expect([processors(1), processors(0.5), processors(2.25)]).toEqual(['1.0', '0.5', '2.25']);
});

test('a service says the values of the secrets that it reads as files, to compose and not to the engine', () => {
  const planned = planOfApp((app) => {
    const props = { image: 'api:1.0', port: 8000 };
    new Backend(app, 'reader', { ...props, env: { KEY_FILE: Secret.named('API_KEY').file } });
    new Backend(app, 'variable', { ...props, env: Secret.variables('API_KEY') });
  });
  const asked = 'API_KEY=${API_KEY:?is missing, see catamaran secrets}';
  expect(serviceOf(planned, 'reader').develop).toEqual({
    watch: [{ path: '.', action: 'restart', ignore: ['**', asked] }],
  });
  expect(serviceOf(planned, 'variable').develop).toBeUndefined();
  expect(serviceOf(planned, 'reader.secrets').develop).toBeUndefined();
});
