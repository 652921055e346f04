import {
  Backend,
  Cpu,
  docker,
  Duration,
  ExternalApi,
  Health,
  hostPort,
  Image,
  Json,
  Migration,
  nodePort,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Secret,
  Size,
  type BackendProps,
  type Component,
} from 'catamaran';
import { resolve } from 'node:path';
import {
  application,
  issuesOfApp,
  onDocker,
  onKubernetes,
  type Build,
  withProps,
} from '../../support/application';

const label = 'a DNS label: lower-case letters, digits and -, starting with a letter';

describe('a name', () => {
  test.each(['Api', 'api_1', '1api', 'api-', 'a.b', 'é'])('that is no DNS label is refused: %s', (name) => {
    expect(issuesOfApp(withProps({}, name))).toEqual([
      `shop/${name}: name is ${JSON.stringify(name)}: write ${label}`,
    ]);
  });

  test('of an application or environment has to be a DNS label as well', () => {
    expect(issuesOfApp(withProps({}), onDocker, { name: 'My Shop', environment: 'Dev' })).toEqual([
      `My Shop: name is "My Shop": write ${label}`,
      `My Shop: environment is "Dev": write ${label}`,
    ]);
  });

  test('is short enough for the names of containers', () => {
    const fits = 'a'.repeat(46 - 'shop-dev-'.length);
    expect(application(withProps({}, fits)).issues).toEqual([]);
    expect(issuesOfApp(withProps({}, `${fits}bcd`))).toEqual([
      `shop/${fits}bcd: name is "${fits}bcd": write a name that is 3 characters shorter`,
    ]);
  });

  test('is taken once', () => {
    const twice: Build = (app) => {
      withProps({})(app);
      withProps({})(app);
    };
    expect(issuesOfApp(twice)).toEqual([
      'shop/api: name is "api": write another name, because another component has this one',
    ]);
  });
});

describe('an image', () => {
  test.each([
    ['nginx', 'an image with a tag or a digest, such as nginx:1.27'],
    ['registry:5000/nginx', 'an image with a tag or a digest, such as registry:5000/nginx:1.27'],
    ['', 'an image with a tag or a digest, such as nginx:1.27'],
    ['nginx@sha256:abc', 'a lower-case image name with a tag or a digest, such as nginx:1.27'],
    ['REPLACE_IMG', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['REPLACE_IMG:1.0', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['${IMAGE}:1.0', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['api:<tag>', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['Api:1.0', 'a lower-case image name with a tag or a digest, such as nginx:1.27'],
    ['my api:1.0', 'a lower-case image name with a tag or a digest, such as nginx:1.27'],
  ])('%p is refused', (image, write) => {
    expect(issuesOfApp(withProps({ image }))).toEqual([
      `shop/api: image is ${JSON.stringify(image)}: write ${write}`,
    ]);
  });

  test.each([
    'nginx:1.27',
    'registry.example.com:5000/team/api:v1.0_rc-1',
    `nginx@sha256:${'0'.repeat(64)}`,
    `nginx:1.27@sha256:${'f'.repeat(64)}`,
  ])('%s is taken', (image) => {
    expect(() => issuesOfApp(withProps({ image }))).toThrow('expected issues, and there was none');
  });

  test('that is built needs a Dockerfile', () => {
    const folder = resolve(__dirname);
    expect(issuesOfApp(withProps({ image: Image.build('nowhere') }), onDocker, { folder })).toEqual([
      `shop/api: image needs ${folder}/nowhere/Dockerfile, which is missing: write a folder with a Dockerfile, ` +
        "relative to the application's folder",
    ]);
  });
});

describe('a port', () => {
  test.each([0, 80, 1023, 65_536, 8000.5, Number.NaN, -1])('that is %p is refused', (port) => {
    expect(issuesOfApp(withProps({ port }))).toContain(
      `shop/api: port is ${port}: write a whole number from 1024 to 65535`,
    );
  });

  test('is published in the range of the kind of exposure', () => {
    expect(issuesOfApp(withProps({ publish: 70_000 }))).toEqual([
      'shop/api: publish is 70000: write a whole number from 1 to 65535',
    ]);
    const place = { ...onKubernetes, components: { api: { expose: nodePort(80, 0) } } };
    expect(issuesOfApp(withProps({}), place)).toEqual([
      'shop/api: publish is 0: write a whole number from 1 to 65535',
      'shop/api: expose is 80: write a whole number from 30000 to 32767',
    ]);
  });

  test('of the host or of the nodes is published once', () => {
    const two: Build = (app) => {
      withProps({ publish: 8080 }, 'one')(app);
      withProps({ publish: 8080 }, 'two')(app);
    };
    expect(issuesOfApp(two)).toEqual([
      'shop/two: publish is 8080: write another port, because one publishes this one',
    ]);
    const place = {
      ...onKubernetes,
      components: { one: { expose: nodePort(30_001) }, two: { expose: nodePort(30_001) } },
    };
    expect(issuesOfApp(two, place)).toEqual([
      'shop/two: publish is 30001: write another port, because one publishes this one',
    ]);
  });
});

describe('an amount', () => {
  test.each<[string, Partial<BackendProps>, string[]]>([
    [
      'negative memory',
      { memory: Size.mebibytes(-1) },
      ['memory.limit is -1 MiB: write 6 MiB or more', 'memory.request is -1 MiB: write 1 MiB or more'],
    ],
    [
      'no memory',
      { memory: Size.bytes(0) },
      ['memory.limit is 0 MiB: write 6 MiB or more', 'memory.request is 0 MiB: write 1 MiB or more'],
    ],
    [
      'half a mebibyte of memory too much',
      { memory: Size.mebibytes(64.5) },
      [
        'memory.limit is 64.5 MiB: write a whole number of MiB, 6 MiB or more',
        'memory.request is 64.5 MiB: write a whole number of MiB, 1 MiB or more',
      ],
    ],
    [
      'more memory than a machine has',
      { memory: { request: Size.mebibytes(1), limit: Size.gibibytes(1025) } },
      ['memory.limit is 1025 GiB: write 1 TiB or less'],
    ],
    [
      'a request of memory above its limit',
      { memory: { request: Size.mebibytes(129), limit: Size.mebibytes(128) } },
      ['memory.request is 129 MiB: write no more than memory.limit, which is 128 MiB'],
    ],
    [
      'no processor',
      { cpu: Cpu.millicores(0) },
      [
        'cpu.limit is 0 millicores: write 1 millicore or more',
        'cpu.request is 0 millicores: write 1 millicore or more',
      ],
    ],
    [
      'a request of processors above its limit',
      { cpu: { request: Cpu.cores(2), limit: Cpu.cores(1) } },
      ['cpu.request is 2000 millicores: write no more than cpu.limit, which is 1000 millicores'],
    ],
    ['no replicas', { replicas: 0 }, ['replicas is 0: write a whole number from 1 to 1000']],
    ['a broken replica', { replicas: 1.5 }, ['replicas is 1.5: write a whole number from 1 to 1000']],
    [
      'an autoscaler below its minimum',
      { replicas: 3, autoscale: { max: 2, targetPercent: 0 } },
      [
        'autoscale.max is 2: write a whole number from 3 to 1000',
        'autoscale.targetPercent is 0: write a whole number from 1 to 100',
      ],
    ],
    ['no process', { processes: 0 }, ['processes is 0: write 1 or more']],
    [
      'root',
      { user: { uid: 0, gid: -1 } },
      ['user.uid is 0: write 1 or more', 'user.gid is -1: write 0 or more'],
    ],
    ['no time to stop', { grace: Duration.seconds(0) }, ['grace is 0 seconds: write 1 to 3600 seconds']],
    [
      'no time to start',
      { deadline: Duration.seconds(0) },
      ['deadline is 0 seconds: write 1 to 86400 seconds'],
    ],
    [
      'a health check without end',
      { health: Health.tcp({ every: Duration.seconds(0), timeout: Duration.minutes(61), retries: 0 }) },
      [
        'health.every is 0 seconds: write 1 to 3600 seconds',
        'health.timeout is 3660 seconds: write 1 to 3600 seconds',
        'health.retries is 0: write a whole number from 1 to 100',
      ],
    ],
    [
      'a start before the start',
      { liveness: Health.tcp({ startPeriod: Duration.seconds(-1) }) },
      ['liveness.startPeriod is -1 second: write 0 to 3600 seconds'],
    ],
    [
      'scratch space of nothing',
      { scratch: [{ path: '/tmp', size: Size.bytes(0), medium: 'disk' }] },
      ['scratch /tmp is 0 MiB: write 1 MiB or more'],
    ],
  ])('is refused: %s', (_, props, issues) => {
    expect(issuesOfApp(withProps(props), onKubernetes)).toEqual(issues.map((issue) => `shop/api: ${issue}`));
  });

  test('of storage is refused below one mebibyte', () => {
    expect(issuesOfApp((app) => new PostgresDatabase(app, 'database', { storage: Size.bytes(-1) }))).toEqual([
      'shop/database: storage is -1 byte: write a whole number of MiB, 1 MiB or more',
    ]);
  });
});

describe('a path', () => {
  const folder = 'another path, because a mount here would hide what the image has in this folder';
  const absolute =
    'an absolute path of letters, digits and - . _, without the parts . and .., and without a / at the ' +
    'end';
  test.each([
    ['/etc/api.conf', '/etc', folder],
    ['api.conf', '.', absolute],
    ['/srv/../etc/x/api.conf', '/srv/../etc/x', absolute],
    ['/api.conf', '/', folder],
  ])('of a file, %s, is refused', (file, got, write) => {
    expect(issuesOfApp(withProps({ files: { [file]: '' } }))).toEqual([
      `shop/api: path is "${got}": write ${write}`,
    ]);
  });

  test('is mounted at once', () => {
    expect(issuesOfApp(withProps({ files: { '/tmp/api.conf': '' } }))).toEqual([
      'shop/api: path is "/tmp": write a path where nothing else is mounted',
    ]);
  });

  test.each(['health', 'http://api', '/a b', '/"'])('of a health check, %p, is refused', (path) => {
    expect(issuesOfApp(withProps({ health: Health.http(path) }))).toEqual([
      `shop/api: health.path is ${JSON.stringify(path)}: write a path that starts with / and has only the characters of a URL`,
    ]);
  });
});

test('a health check without a program is refused', () => {
  expect(issuesOfApp(withProps({ liveness: Health.command([]) }))).toEqual([
    'shop/api: liveness.command is []: write a program and its arguments',
  ]);
});

describe('a route', () => {
  const routing =
    (...routes: ((api: Backend) => Route)[]): Build =>
    (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new ReverseProxy(app, 'proxy', { routes: routes.map((route) => route(api)) });
    };

  test('has a path that nginx takes as it is', () => {
    expect(issuesOfApp(routing((api) => Route.path('api; return 200', api)))).toEqual([
      'shop/proxy: routes path is "api; return 200": write a path that starts with / and has only letters, ' +
        'digits and - . _ ~ /',
    ]);
  });

  test('has its path for itself', () => {
    const route = (api: Backend) => Route.path('/', api);
    expect(issuesOfApp(routing(route, route))).toEqual([
      'shop/proxy: routes path is "/": write each path once, because the first route gets all requests',
    ]);
  });

  test('leads to at least one component, each with a weight', () => {
    const issues = issuesOfApp(
      routing(
        () => Route.path('/none', []),
        (api) => Route.path('/light', [{ component: api, weight: 0 }]),
      ),
    );
    expect(issues).toEqual([
      'shop/proxy: routes /none is []: write at least one component',
      'shop/proxy: routes /light weight is 0: write a whole number from 1 to 1000',
    ]);
  });
});

describe('a variable', () => {
  test.each(['1A', 'A-B', '', 'A B', 'A='])('name, %p, is refused', (name) => {
    expect(issuesOfApp(withProps({ env: { [name]: 'x' } }))).toEqual([
      `shop/api: env has the variable ${JSON.stringify(name)}: write a name of letters, digits and _ that ` +
        'does not start with a digit',
    ]);
  });

  test('of JSON text holds JSON', () => {
    expect(issuesOfApp(withProps({ env: { ORIGINS: Json.text("['a']") } }))).toEqual([
      `shop/api: env.ORIGINS is "['a']": write valid JSON, or Json.of(data)`,
    ]);
  });

  test('cannot be a number that is none, or nothing, as the environment of the process may have it', () => {
    const env = { WORKERS: Number('many'), ...(JSON.parse('{"HOST":null}') as Record<string, string>) };
    expect(issuesOfApp(withProps({ env }))).toEqual([
      'shop/api: env.HOST is "null": write a text, a finite number, true or false',
      'shop/api: env.WORKERS is "NaN": write a text, a finite number, true or false',
    ]);
  });

  test('takes a secret of a name that every source can hold', () => {
    expect(issuesOfApp(withProps({ env: { TOKEN: Secret.named('my-token') } }))).toEqual([
      'shop: secret is "my-token": write a name of letters, digits and _ that does not start with a digit',
    ]);
  });
});

describe('a component of another application', () => {
  const other = () =>
    new Backend(
      application(() => undefined, onDocker, { name: 'other' }),
      'api',
      {
        image: 'api:1.0',
        port: 8000,
      },
    );
  const write = 'a component of shop, or an external service';

  test('is not referenced', () => {
    expect(issuesOfApp(withProps({ env: { API_URL: other().url } }))).toContain(
      `shop/api: env.API_URL is "other/api": write ${write}`,
    );
  });

  test('is not waited for', () => {
    expect(issuesOfApp(withProps({ waitsFor: [other()] }))).toEqual([
      `shop/api: waitsFor is "other/api": write ${write}`,
    ]);
  });
});

test('a start order that ends where it starts is refused', () => {
  const ring: Build = (app) => {
    const waits: Component[] = [];
    const first = new Backend(app, 'first', { image: 'api:1.0', port: 8000, waitsFor: waits });
    const second = new Backend(app, 'second', { image: 'api:1.0', port: 8000, waitsFor: [first] });
    waits.push(new Backend(app, 'third', { image: 'api:1.0', port: 8000, waitsFor: [second] }));
  };
  expect(issuesOfApp(ring)).toEqual([
    'shop/first: waitsFor is "first -> third -> second -> first": write a start order that is not a ' +
      'circle',
  ]);
});

test('a dependent of a migration has what the check of the migration connects to', () => {
  const build: Build = (app) => {
    const database = new PostgresDatabase(app, 'database');
    const migration = new Migration(app, 'migration', {
      image: 'api:1.0',
      command: ['up'],
      check: ['check'],
      env: { DATABASE_URL: database.url },
    });
    withProps({ waitsFor: [migration] })(app);
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: waitsFor is "migration": write a reference to database as well, because this component ' +
      'runs the check of migration, which connects to database',
  ]);
});

test('an address that is no URL is refused', () => {
  const build: Build = (app) => {
    const mail = new ExternalApi(app, 'mail', { url: 'mail.example.com' });
    withProps({ env: { MAIL_URL: mail.url } })(app);
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/mail: url is "mail.example.com": write an absolute URL, such as https://api.example.com/v1',
  ]);
});

test('secrets without a source are refused, by name', () => {
  const build = withProps({ env: Secret.variables('TOKEN', 'KEY') });
  expect(issuesOfApp(build, { ...onDocker, secrets: { kind: 'none' } })).toEqual([
    'shop (dev): secrets is missing: write a source, such as envFile(), for the secrets KEY, TOKEN',
  ]);
});

test('settings of an unknown component are refused', () => {
  const place = { ...onDocker, components: { backend: { replicas: 2 }, api: { expose: hostPort(80) } } };
  expect(issuesOfApp(withProps({}), place)).toEqual([
    'shop (dev): components has "backend", which is not a component: write one of api',
  ]);
});

test('everything that is wrong is reported at once', () => {
  const build: Build = (app) => {
    withProps({ port: 80, image: 'api' })(app);
    withProps({ env: { '1A': '' }, replicas: 0 }, 'web')(app);
  };
  expect(issuesOfApp(build, { ...onDocker, components: { nobody: {} } })).toEqual([
    'shop/api: image is "api": write an image with a tag or a digest, such as api:1.27',
    'shop/api: port is 80: write a whole number from 1024 to 65535',
    'shop/web: replicas is 0: write a whole number from 1 to 1000',
    'shop/web: env has the variable "1A": write a name of letters, digits and _ that does not start with ' +
      'a digit',
    'shop (dev): components has "nobody", which is not a component: write one of api, web',
  ]);
});

test('what is wrong by itself and what the target refuses are told at once', () => {
  const props = { replicas: 0, autoscale: { max: 3 }, image: 'api:1.0', port: 8000 };
  const place = docker({ images: 'pinned' });
  expect(issuesOfApp((app) => new Backend(app, 'api', props), place)).toEqual([
    'shop/api: replicas is 0: write a whole number from 1 to 1000',
    'shop/api: docker refuses autoscaling: an engine does not start containers by itself, so only the ' +
      "smallest number of replicas runs. Write autoscale: 'off' in the environment's components; or accept " +
      "this with accept: ['autoscaling'] in environment dev",
    'shop/api: image is "api:1.0", but environment dev allows only pinned images: write its digest into ' +
      'images.lock.json with npx catamaran images --pin',
  ]);
});

test('a migration without a program or a check is refused', () => {
  const props = { image: 'shop:1.0', command: [], check: [] };
  expect(issuesOfApp((app) => new Migration(app, 'migration', props))).toEqual([
    'shop/migration: command is []: write a program and its arguments',
    'shop/migration: check is []: write a program and its arguments',
  ]);
});
