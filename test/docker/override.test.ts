import {
  Backend,
  docker,
  envFile,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Secret,
  type Override,
} from 'catamaran';
import { dockerContainer, type Container } from 'catamaran/docker';
import { applyDocker } from '../../docker/apply/apply';
import { issuesOfApp, planOfApp, present, type Build } from '../support/application';
import { deploymentOn, registeredBy } from '../support/pulumi';
import { composeOf, dockerPlan, serviceOf } from '../support/written';

const shop: Build = (app) => {
  const database = new PostgresDatabase(app, 'database');
  const api = new Backend(app, 'api', {
    image: 'api:1.0',
    port: 8000,
    env: { DATABASE_URL: database.url, KEY: Secret.named('KEY') },
  });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], publish: 8080 });
};

const place = (component: string, ...overrides: Override<'docker'>[]) =>
  docker({ secrets: envFile(), components: { [component]: { overrides } } });
const change = (make: (container: Container) => Container) =>
  dockerContainer({ reason: 'a test', change: make });

const engine = {
  capabilities: ['NET_BIND_SERVICE'],
  devices: [{ host: '/dev/dri', container: '/dev/gpu', permissions: 'rw' }],
  hosts: { printer: '192.0.2.7' },
  labels: { watch: '$always' },
  sysctls: { 'net.core.somaxconn': '1024' },
  ulimits: { nofile: { soft: 1024, hard: 4096 } },
};
const tuned = change((container) => ({ ...container, pids: 512, engine }));

test('an override can set what the model has no field for', () => {
  const service = serviceOf(planOfApp(shop, place('api', tuned)), 'api');
  expect(service).toMatchObject({
    pids_limit: 512,
    cap_drop: ['ALL'],
    cap_add: ['NET_BIND_SERVICE'],
    devices: ['/dev/dri:/dev/gpu:rw'],
    extra_hosts: { printer: '192.0.2.7' },
    labels: { watch: '$$always' },
    sysctls: { 'net.core.somaxconn': '1024' },
    ulimits: { nofile: { soft: 1024, hard: 4096 } },
  });
});

/** What Pulumi registers, with each secret's value made of its name. */
async function applied(component: string, ...overrides: Override<'docker'>[]) {
  const plan = dockerPlan(planOfApp(shop, place(component, ...overrides)));
  const registered = await registeredBy(() => applyDocker(plan, deploymentOn(docker())));
  return (name: string) =>
    present(registered.find((one) => one.name === name && one.type === 'docker:index/container:Container'))
      .inputs;
}

test('the override is applied as well, with a new container', async () => {
  const name = 'shop-dev-api-1';
  const [before, after] = [(await applied('api'))(name), (await applied('api', tuned))(name)];
  expect(after).toMatchObject({
    capabilities: { drops: ['ALL'], adds: ['NET_BIND_SERVICE'] },
    devices: [{ hostPath: '/dev/dri', containerPath: '/dev/gpu', permissions: 'rw' }],
    hosts: [{ host: 'printer', ip: '192.0.2.7' }],
    sysctls: { 'net.core.somaxconn': '1024' },
    ulimits: [{ name: 'nofile', soft: 1024, hard: 4096 }],
  });
  expect(after['labels']).toContainEqual({ label: 'watch', value: '$always' });
  expect(before['capabilities']).toEqual({ drops: ['ALL'] });
  // Another content is another container, whose name Pulumi makes.
  const content = (labels: unknown) => /"catamaran.content","value":"\w+"/.exec(JSON.stringify(labels))?.[0];
  expect(content(after['labels'])).toMatch(/value/);
  expect(content(after['labels'])).not.toBe(content(before['labels']));
});

test('a folder of the host outside the application is written and applied as it is', async () => {
  const socket = change((container) => ({
    ...container,
    binds: [{ folder: '/var/run/docker.sock', path: '/docker.sock', readOnly: true }],
  }));
  expect(serviceOf(planOfApp(shop, place('api', socket)), 'api').volumes).toEqual([
    {
      type: 'bind',
      source: '/var/run/docker.sock',
      target: '/docker.sock',
      read_only: true,
      bind: { create_host_path: false },
    },
  ]);
  expect((await applied('api', socket))('shop-dev-api-1')['volumes']).toEqual([
    { hostPath: '/var/run/docker.sock', containerPath: '/docker.sock', readOnly: true },
  ]);
});

test('files with changed content get another name, so that the container is replaced', () => {
  const server = 'server { listen 8080; }\n';
  const own = change((container) => ({
    ...container,
    configs: container.configs.map((folder) => ({ ...folder, files: { 'default.conf': server } })),
  }));
  const sourceOf = (...overrides: Override<'docker'>[]) =>
    present(serviceOf(planOfApp(shop, place('proxy', ...overrides)), 'proxy').volumes?.[0]).source;
  expect(sourceOf(own)).toMatch(/^\.\/proxy-routes-[0-9a-f]{8}\/default\.conf$/);
  expect(sourceOf(own)).not.toBe(sourceOf());
});

test('a network that an override adds is created', () => {
  const outbound = { network: { name: 'api_outbound', kind: 'outbound' }, aliases: [] } as const;
  const open = change((container) => ({ ...container, networks: [...container.networks, outbound] }));
  expect(composeOf(planOfApp(shop, place('api', open))).networks).toHaveProperty('api_outbound');
  expect(composeOf(planOfApp(shop, place('api'))).networks).not.toHaveProperty('api_outbound');
});

test('a secret that the application does not have is refused', () => {
  const secret = change((container) => ({
    ...container,
    environment: { ...container.environment, TOKEN: [{ secret: 'TOKEN' }] },
  }));
  expect(issuesOfApp(shop, place('api', secret))).toEqual([
    'shop (dev): components.api.overrides reads the secret TOKEN, which no component names: write ' +
      "Secret.named('TOKEN') in env of api as well",
  ]);
});

test('a key that is left out is refused, as no key of a container is optional', () => {
  const without = change(({ networks: _networks, ...container }) => container as Container);
  expect(issuesOfApp(shop, place('api', without))).toEqual([
    'shop (dev): components.api.overrides: the override of Container removes networks: keep every field ' +
      'of the object',
  ]);
});

test('an override has the types of a container, and an unknown key does not compile', () => {
  const misspelt = dockerContainer({
    reason: 'a test',
    // @ts-expect-error a container has a memory
    change: (container) => ({ ...container, memroy: 1 }),
  });
  expect(misspelt).toMatchObject({ target: 'docker', object: 'Container', reason: 'a test' });
});
