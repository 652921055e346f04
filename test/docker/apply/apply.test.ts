import { resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import {
  Backend,
  Cache,
  Health,
  Image,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Schedule,
  ScheduledJob,
  Secret,
  Size,
  Worker,
} from 'catamaran';
import { applyDocker } from '../../../docker/apply/apply';
import type { DockerSpec } from '../../../constructs/environment/docker';
import type { Deployment } from '../../../constructs/target/deployment';
import type { Runner } from '../../../constructs/target/runner';
import { onDocker, planOfApp, present, type Build } from '../../support/application';
import { projectOf } from '../../support/project';
import { deploymentOn, registeredBy, type Registered } from '../../support/pulumi';
import { fakeRunner, finished } from '../../support/runner';
import { addShop } from '../../support/shop';
import { dockerPlan } from '../../support/written';

const container = 'docker:index/container:Container';
const keyed = { kind: 'known', key: pulumi.secret('key') } as const;

const shop: Build = (app) => {
  const api = addShop(app, { api: { replicas: 2 } });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], publish: 8080 });
};

/** What a plan registers, with each secret's value made of its name. */
function applied(
  build: Build,
  deployment: Partial<Deployment<DockerSpec>> = {},
  { exitCode = 0, folder = '.', outputs = {}, made = (_type: string): void => undefined } = {},
): Promise<Registered[]> {
  const plan = dockerPlan(planOfApp(build, onDocker, { folder }));
  return registeredBy(() => applyDocker(plan, deploymentOn(onDocker, { folder, ...deployment })), {
    outputs,
    state: ({ type, name, inputs }) => {
      made(type);
      return {
        // As Pulumi names what nobody named.
        name: `${name}-0a1b2c3`,
        ...(inputs as object),
        ...(type === container && { exitCode, containerLogs: 'one\ntwo\n' }),
      };
    },
  });
}

function find(resources: readonly Registered[], name: string, type = container): Registered {
  return present(resources.find((resource) => resource.name === name && resource.type === type));
}

const namesOf = (resources: readonly Registered[], type: string) =>
  resources.flatMap((resource) => (resource.type === type ? [resource.name] : [])).sort();

describe('a whole application', () => {
  let resources: Registered[] = [];
  beforeAll(async () => {
    resources = await applied(shop);
  });

  test('becomes one provider, its networks, volumes, images and containers, and nothing else', () => {
    const types = [...new Set(resources.map(({ type }) => type))].sort();
    expect(Object.fromEntries(types.map((type) => [type, namesOf(resources, type)]))).toEqual({
      'pulumi:providers:docker': ['engine'],
      'docker:index/network:Network': ['api.database', 'migration.database', 'proxy.api', 'proxy_publish'],
      'docker:index/volume:Volume': ['database-data', 'shop-dev-database-secrets', 'shop-dev-proxy-routes'],
      'docker:index/remoteImage:RemoteImage': ['api:1.0', 'nginxinc/nginx-unprivileged:1.27', 'postgres:17'],
      [container]: [
        'shop-dev-api-1',
        'shop-dev-api-2',
        'shop-dev-database-1',
        'shop-dev-database-secrets',
        'shop-dev-migration-1',
        'shop-dev-proxy-1',
        'shop-dev-proxy-routes',
      ],
    });
  });

  test('is on the engine of its environment alone', () => {
    const others = resources.filter(({ type }) => !type.startsWith('pulumi:providers:'));
    expect(new Set(others.map(({ provider }) => provider))).toEqual(new Set(['engine']));
  });

  test('starts in order: database, migration, each backend, proxy', () => {
    const workloads = [
      'shop-dev-database-1',
      'shop-dev-migration-1',
      'shop-dev-api-1',
      'shop-dev-api-2',
      'shop-dev-proxy-1',
    ];
    const after = workloads.map((name) => [
      name,
      find(resources, name).after.filter((other) => workloads.includes(other)),
    ]);
    expect(Object.fromEntries(after)).toEqual({
      'shop-dev-database-1': [],
      'shop-dev-migration-1': ['shop-dev-database-1'],
      'shop-dev-api-1': ['shop-dev-database-1', 'shop-dev-migration-1'],
      'shop-dev-api-2': ['shop-dev-database-1', 'shop-dev-migration-1'],
      'shop-dev-proxy-1': ['shop-dev-api-1', 'shop-dev-api-2'],
    });
  });

  test('has each container after its image, and after the files that it reads', () => {
    expect(find(resources, 'shop-dev-database-1').after).toEqual(
      expect.arrayContaining(['postgres:17', 'shop-dev-database-secrets', 'database-data']),
    );
    expect(find(resources, 'shop-dev-proxy-1').after).toEqual(
      expect.arrayContaining(['shop-dev-proxy-routes']),
    );
  });

  test('runs a migration to its end, and everything else for ever', () => {
    expect(find(resources, 'shop-dev-migration-1').inputs).toMatchObject({
      restart: 'no',
      mustRun: false,
      attach: true,
      logs: true,
    });
    expect(find(resources, 'shop-dev-api-1').inputs).toMatchObject({ restart: 'unless-stopped' });
    expect(find(resources, 'shop-dev-api-1').inputs).not.toHaveProperty('attach');
  });

  test('replaces what shares a port or data after it is gone, and all else before', () => {
    const containers = [
      'shop-dev-database-1',
      'shop-dev-migration-1',
      'shop-dev-api-1',
      'shop-dev-proxy-1',
    ].map((name) => find(resources, name));
    expect(containers.map(({ name, deleteBeforeReplace }) => [name, deleteBeforeReplace])).toEqual([
      ['shop-dev-database-1', true],
      ['shop-dev-migration-1', false],
      ['shop-dev-api-1', false],
      ['shop-dev-proxy-1', true],
    ]);
    // Two at once have two names, which Pulumi makes; one after the other keeps its name.
    expect(containers.map(({ inputs }) => inputs['name'])).toEqual([
      'shop-dev-database-1',
      undefined,
      undefined,
      'shop-dev-proxy-1',
    ]);
  });

  test('replaces a container whose check or temporary folders change: an engine changes neither in place', () => {
    expect(find(resources, 'shop-dev-api-1').replaceOnChanges).toEqual(['healthcheck', 'tmpfs', 'init']);
  });

  test('keeps data, and nothing else, when it is destroyed', () => {
    const kept = resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);
    expect(kept).toEqual(['database-data']);
  });

  test('replaces no volume with data, whatever disk somebody has made it on', () => {
    const volume = find(resources, 'database-data', 'docker:index/volume:Volume');
    expect(volume.ignoreChanges).toEqual(['driver', 'driverOpts']);
  });

  test('marks every value that holds a secret, and only those', () => {
    expect(
      resources
        .filter(({ secret }) => secret)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['shop-dev-api-1', 'shop-dev-api-2', 'shop-dev-database-secrets', 'shop-dev-migration-1']);
    expect(find(resources, 'shop-dev-api-1').inputs['envs']).toEqual([
      'DATABASE_URL=postgresql://app:value-of-DATABASE_PASSWORD@database:5432/shop',
    ]);
    expect(find(resources, 'shop-dev-migration-1').secretOutputs).toEqual(['containerLogs']);
  });

  test('shows no secret in what is not marked', () => {
    const plain = resources.filter(({ secret }) => !secret).map(({ inputs }) => JSON.stringify(inputs));
    expect(plain.filter((text) => text.includes('value-of-'))).toEqual([]);
  });

  test('has as little privilege as the written compose file gives', () => {
    expect(find(resources, 'shop-dev-api-1').inputs).toMatchObject({
      capabilities: { drops: ['ALL'] },
      securityOpts: ['no-new-privileges:true'],
      cgroupnsMode: 'private',
      readOnly: true,
      user: '10001:10001',
      memory: 256,
      memorySwap: 256,
      cpus: '0.5',
      tmpfs: { '/tmp': 'exec,mode=1777,size=67108864' },
    });
  });

  test('publishes at one container, and names only the end that is called', () => {
    expect(find(resources, 'shop-dev-proxy-1').inputs['ports']).toEqual([
      { internal: 8080, external: 8080, ip: '0.0.0.0' },
    ]);
    expect(find(resources, 'shop-dev-api-1').inputs['ports']).toEqual([]);
    expect(find(resources, 'shop-dev-api-1').inputs['networksAdvanced']).toEqual([
      { aliases: [], name: 'shop-dev-api.database' },
      // It has a name once it is healthy.
      { aliases: [], name: 'shop-dev-proxy.api' },
    ]);
    expect(find(resources, 'shop-dev-database-1').inputs['networksAdvanced']).toContainEqual({
      aliases: ['database', 'shop-dev-database-1'],
      name: 'shop-dev-api.database',
    });
  });

  test('has networks in which nobody reaches the outside', () => {
    const network = 'docker:index/network:Network';
    expect(find(resources, 'api.database', network).inputs).toEqual({
      name: 'shop-dev-api.database',
      labels: [{ label: 'catamaran.deployment', value: 'engine-id' }],
      internal: true,
      // The host has no address there, so that nobody reaches the host.
      options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
    });
    expect(find(resources, 'proxy_publish', network).inputs).toEqual({
      name: 'shop-dev-proxy_publish',
      labels: [{ label: 'catamaran.deployment', value: 'engine-id' }],
      options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    });
  });

  test('brings files by a container that never runs, into a volume that is another for other content', () => {
    const filler = find(resources, 'shop-dev-database-secrets');
    expect(filler.inputs).toMatchObject({
      start: false,
      mustRun: false,
      capabilities: { drops: ['ALL'] },
      securityOpts: ['no-new-privileges:true'],
      cgroupnsMode: 'private',
      memory: 16,
      networkMode: 'none',
      uploads: [
        {
          file: '/run/secrets/database/password',
          content: 'value-of-DATABASE_PASSWORD',
          permissions: '0444',
        },
      ],
    });
    const volume = find(resources, 'shop-dev-database-secrets', 'docker:index/volume:Volume');
    expect(volume.inputs).toEqual({
      labels: [
        { label: 'catamaran.deployment', value: 'engine-id' },
        { label: 'catamaran.content', value: expect.stringMatching(/^[0-9a-f]{8}$/) as string },
      ],
    });
    expect(filler.inputs).toMatchObject(volume.inputs);
    expect(find(resources, 'shop-dev-database-1').inputs['volumes']).toContainEqual({
      volumeName: 'shop-dev-database-secrets-0a1b2c3',
      containerPath: '/run/secrets/database',
      readOnly: true,
    });
  });
});

test('a secret that changes makes another container, whose name and labels do not tell it', async () => {
  const named = async (value: string) => {
    const made = await applied(shop, { values: { ...keyed, secret: () => pulumi.secret(value) } });
    return ['shop-dev-database-1', 'shop-dev-api-1', 'shop-dev-proxy-1'].map((name) =>
      JSON.stringify(find(made, name).inputs['labels']),
    );
  };
  const [first, again, other] = [await named('one'), await named('one'), await named('two')];
  expect(again).toEqual(first);
  expect(other.map((labels, index) => labels === first[index])).toEqual([false, false, true]);
});

test('everything but data has the label of its state, and comes after what was left behind is gone', async () => {
  const order: string[] = [];
  const build: Build = (app) =>
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      volumes: { notes: { path: '/srv/notes', size: Size.mebibytes(1) } },
      env: { TOKEN_FILE: Secret.named('TOKEN').file },
    });
  const run: Runner = async (_, args) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push(`look for ${args.at(-1) ?? ''}`);
    return finished('');
  };
  const outputs = { engine: { type: 'pulumi:providers:docker', outputs: {} } };
  const resources = await applied(
    build,
    { run, waits: false },
    { made: (type) => order.push(type), outputs },
  );
  const marked = resources.filter(({ inputs }) =>
    JSON.stringify(inputs['labels'] ?? []).includes('{"label":"catamaran.deployment","value":"engine-id"}'),
  );
  expect(marked.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
    `${container} api-volumes`,
    `${container} shop-dev-api-1`,
    `${container} shop-dev-api-secrets`,
    'docker:index/volume:Volume shop-dev-api-secrets',
  ]);
  expect(resources.find(({ name }) => name === 'api-notes')?.inputs).toEqual({ name: 'shop-dev-api-notes' });
  const first = order.findIndex((one) => one === container);
  const look = 'look for label=catamaran.deployment=engine-id';
  expect(order.slice(0, first)).toContain(look);
  expect(order.slice(0, order.indexOf(look))).not.toContain(container);
});

test('data goes with the stack where the environment says so', async () => {
  const resources = await applied((app) => new PostgresDatabase(app, 'database'), {
    environment: { ...onDocker, name: 'dev', data: 'delete' },
  });
  expect(resources.filter(({ retainOnDelete }) => retainOnDelete)).toEqual([]);
});

test('another engine is named by its address', async () => {
  const host = 'ssh://deploy@example.com';
  expect(
    find(
      await applied((app) => new Cache(app, 'cache'), { environment: { ...onDocker, name: 'dev', host } }),
      'engine',
      'pulumi:providers:docker',
    ).inputs,
  ).toEqual({ host });
});

test('an image that is built is built once, from the application, and pushed nowhere', async () => {
  const folder = projectOf({ 'api/Dockerfile': 'FROM scratch\n' });
  const build: Build = (app) => {
    const image = Image.build('api');
    new Backend(app, 'one', { image, port: 8000 });
    new Backend(app, 'two', { image, port: 8000 });
  };
  const images = (await applied(build, { folder }, { folder })).filter(({ type }) => /image:/i.test(type));
  expect(images.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual([
    {
      type: 'docker:index/image:Image',
      name: 'shop-api',
      inputs: {
        buildOnPreview: false,
        imageName: expect.stringMatching(/^shop-api:[0-9a-f]{12}$/) as string,
        build: expect.objectContaining({
          context: resolve(folder, 'api'),
          dockerfile: resolve(folder, 'api/Dockerfile'),
        }) as object,
        skipPush: true,
      },
    },
  ]);
});

describe('images of several stages', () => {
  const dockerfile =
    'FROM scratch AS one\nARG A\nRUN --mount=type=secret,id=token true\nFROM scratch AS two\n';
  const folder = projectOf({ 'api/Dockerfile': dockerfile });
  const imagesOf = (resources: readonly Registered[]) =>
    resources
      .filter(({ type }) => /image:/i.test(type))
      .map(({ type, name, inputs }) => [type, name, inputs] as const);

  test('are resources of their own, with their stage and arguments', async () => {
    const build: Build = (app) => {
      new Backend(app, 'x', { image: Image.build('api', { target: 'one', args: { A: 'b' } }), port: 8000 });
      new Backend(app, 'y', { image: Image.build('api', { target: 'two' }), port: 8000 });
    };
    const images = imagesOf(await applied(build, { folder }, { folder }));
    expect(images.toSorted(([, left], [, right]) => left.localeCompare(right))).toMatchObject([
      ['docker:index/image:Image', 'shop-api/x', { build: { target: 'one', args: { A: 'b' } } }],
      ['docker:index/image:Image', 'shop-api/y', { build: { target: 'two' } }],
    ]);
  });

  const secret: Build = (app) => {
    const image = Image.build('api', { target: 'one', secrets: { token: Secret.named('TOKEN') } });
    new Backend(app, 'x', { image, port: 8000 });
  };

  test('that read secrets have to be on the engine already', async () => {
    const there = imagesOf(await applied(secret, { folder }, { folder }));
    expect(there).toMatchObject([
      ['docker:index/remoteImage:RemoteImage', expect.stringMatching(/^shop-api:/), { keepLocally: true }],
    ]);
    const { run } = fakeRunner(() => ({ code: 1, stderr: 'No such image' }));
    await expect(applied(secret, { folder, run }, { folder })).rejects.toThrow(
      /^shop\/x: image shop-api:[0-9a-f]{12} is built with secrets, which pulumi up cannot give to a build, and is not on the engine: run npx catamaran build shop --environment dev, then run this command again$/,
    );
  });
});

test('a check is asked with words that no shell of the engine changes', async () => {
  const build: Build = (app) =>
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      health: Health.command(['test', '$HOME', '$$']),
    });
  const { healthcheck } = find(await applied(build), 'shop-dev-api-1').inputs as {
    healthcheck?: { readonly tests: readonly string[] };
  };
  expect(healthcheck?.tests).toEqual(['CMD', 'test', '$HOME', '$$']);
});

test('where nothing is made, nothing is waited for: a migration may have failed, a replica be gone', async () => {
  const { run, calls } = fakeRunner();
  const resources = await applied(shop, { run, waits: false }, { exitCode: 3 });
  expect(calls).toEqual([]);
  const before = await applied(shop);
  expect(resources.map(({ name, after }) => [name, after])).toEqual(
    before.map(({ name, after }) => [name, after]),
  );
});

describe('a secret with another value', () => {
  const build: Build = (app) => {
    const props = { image: 'api:1.0', port: 8000 };
    new Backend(app, 'file', { ...props, env: { TOKEN_FILE: Secret.named('TOKEN').file } });
    new Backend(app, 'variable', { ...props, env: { TOKEN: Secret.named('TOKEN') } });
    new Backend(app, 'other', { ...props, env: { OTHER: Secret.named('OTHER') } });
    new Backend(app, 'none', props);
  };
  const contents = async (token: string, key = 'key') => {
    const secret = (name: string) => pulumi.secret(name === 'TOKEN' ? token : 'other');
    const made = await applied(build, { values: { kind: 'known', secret, key: pulumi.secret(key) } });
    const named = made.flatMap(({ type, name, inputs }) =>
      type.endsWith(':Volume') || type === container
        ? [[`${type} ${name}`, JSON.stringify(inputs['labels'])] as const]
        : [],
    );
    return Object.fromEntries(named);
  };
  const volume = 'docker:index/volume:Volume';

  test('makes those new that read it, and no others', async () => {
    const [before, after] = [await contents('1234'), await contents('4321')];
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed.sort()).toEqual([
      `${container} shop-dev-file-1`,
      `${container} shop-dev-file-secrets`,
      `${container} shop-dev-variable-1`,
      `${volume} shop-dev-file-secrets`,
    ]);
  });

  test('cannot be guessed from the labels, without the key', async () => {
    const [before, after] = [await contents('1234'), await contents('1234', 'another key')];
    expect(before[`${volume} shop-dev-file-secrets`]).not.toBe(after[`${volume} shop-dev-file-secrets`]);
    expect(before[`${container} shop-dev-variable-1`]).not.toBe(after[`${container} shop-dev-variable-1`]);
    expect(before[`${container} shop-dev-none-1`]).toBe(after[`${container} shop-dev-none-1`]);
  });

  test('is in a volume that is there before the former one goes', async () => {
    const made = await applied(build);
    expect(find(made, 'shop-dev-file-secrets', volume).deleteBeforeReplace).toBe(false);
  });
});

test('a volume that the image does not have is given to the user before its container starts', async () => {
  const folder = projectOf({ 'source/app.py': '' });
  const resources = await applied(
    (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        volumes: { uploads: { path: '/srv/uploads' } },
        bindMounts: [{ folder: 'source', path: '/srv/source' }],
      }),
    {},
    { folder },
  );
  expect(find(resources, 'api-volumes').inputs).toEqual({
    name: 'shop-dev-api-volumes',
    labels: [{ label: 'catamaran.deployment', value: 'engine-id' }],
    image: 'api:1.0',
    entrypoints: ['chown', '10001:10001', '/srv/uploads'],
    user: '0:0',
    capabilities: { adds: ['CAP_CHOWN'], drops: ['ALL'] },
    securityOpts: ['no-new-privileges:true'],
    readOnly: true,
    networkMode: 'none',
    cgroupnsMode: 'private',
    cpus: '0.1',
    memory: 16,
    memorySwap: 16,
    restart: 'no',
    mustRun: false,
    attach: true,
    logs: true,
    volumes: [{ volumeName: 'shop-dev-api-uploads', containerPath: '/srv/uploads' }],
  });
  const api = find(resources, 'shop-dev-api-1');
  expect(api.after).toContain('api-volumes');
  expect(api.deleteBeforeReplace).toBe(true);
  expect(api.inputs['volumes']).toEqual([
    { volumeName: 'shop-dev-api-uploads', containerPath: '/srv/uploads' },
    { hostPath: resolve(folder, 'source'), containerPath: '/srv/source', readOnly: true },
  ]);
});

test('a job is replaced after it is gone, as two schedulers would run it twice', async () => {
  const resources = await applied(
    (app) =>
      new ScheduledJob(app, 'report', {
        image: 'api:1.0',
        command: ['report'],
        schedule: Schedule.cron('@daily'),
      }),
  );
  const report = find(resources, 'shop-dev-report-1');
  expect(report.deleteBeforeReplace).toBe(true);
  expect(report.inputs).toMatchObject({
    name: 'shop-dev-report-1',
    entrypoints: ['sh', '/etc/catamaran/schedule.sh', 'report'],
    restart: 'unless-stopped',
  });
});

test('files are added to what the image has, with the modes of programs; a new image gets new volumes', async () => {
  const build = (image: string) =>
    applied(
      (app) =>
        new Worker(app, 'mail', {
          image,
          command: ['/opt/run.sh'],
          files: { '/opt/run.sh': '#!/bin/sh\n', '/opt/config': 'a', '/srv/page': 'b' },
        }),
    );
  const [resources, newer] = [await build('mail:1.0'), await build('mail:1.1')];
  const volume = 'docker:index/volume:Volume';
  expect(find(resources, 'shop-dev-mail-files').inputs).toMatchObject({
    // The engine copies what this image has in the folder into the volume.
    image: 'mail:1.0',
    uploads: [
      { file: '/opt/config', content: 'a', permissions: '0444' },
      { file: '/opt/run.sh', content: '#!/bin/sh\n', permissions: '0555' },
    ],
  });
  expect(find(resources, 'shop-dev-mail-files-2').inputs).toMatchObject({
    uploads: [{ file: '/srv/page', content: 'b', permissions: '0444' }],
  });
  for (const name of ['shop-dev-mail-files', 'shop-dev-mail-files-2'])
    expect(find(resources, name, volume).inputs['labels']).not.toEqual(
      find(newer, name, volume).inputs['labels'],
    );
});
