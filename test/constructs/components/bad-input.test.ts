import {
  Backend,
  Cache,
  docker,
  envFile,
  Image,
  MongoDatabase,
  ReverseProxy,
  Route,
  Schedule,
  ScheduledJob,
  Secret,
  Size,
  type BackendProps,
} from 'catamaran';
import {
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  type Build,
  withProps,
} from '../../support/application';
import { composeOf } from '../../support/written';

// What the random applications of test/random have found, each by itself.

describe('a name of a property that every JavaScript object has', () => {
  test('can be the name of a component, which gets its settings', () => {
    const settings = { components: { api: { replicas: 2 } } };
    const planned = planOfApp((app) => {
      withProps({}, 'constructor')(app);
      withProps({})(app);
    }, docker(settings));
    expect(Object.keys(composeOf(planned).services)).toEqual(['api', 'constructor']);
    expect(composeOf(planned).services['api']?.scale).toBe(2);
  });

  test.each(['constructor', 'toString', '__proto__'])('cannot be the name of a secret: %s', (name) => {
    expect(issuesOfApp(withProps({ env: { KEY: Secret.named(name) } }))).toEqual([
      `shop: secret is "${name}": write another name, because every JavaScript object has a property of this name`,
    ]);
  });

  test.each(['PATH', '_', 'HOME'])(
    'of a variable of the shell cannot be the name of a secret: %s',
    (name) => {
      expect(issuesOfApp(withProps({ env: { KEY: Secret.named(name) } }))).toEqual([
        `shop: secret is "${name}": write another name, because shells set this variable and compose would read that value`,
      ]);
    },
  );

  test('is not a cron expression', () => {
    const build: Build = (app) =>
      new ScheduledJob(app, 'job', {
        image: 'a:1',
        command: ['run'],
        schedule: Schedule.cron('constructor'),
      });
    expect(issuesOfApp(build)).toEqual([
      'shop/job: schedule is "constructor": write five fields (minute, hour, day, month, weekday), such as 0 3 * * *; there is no field for seconds',
    ]);
  });
});

test.each([
  ['localhost', 'another name: localhost means the container or pod itself'],
  ['default', 'another name: every namespace has a ServiceAccount named default'],
  ['x-api', 'a name that does not start with x-: compose ignores such services'],
])('a name that means something else on a target is refused on both: %s', (name, write) => {
  const issue = `shop/${name}: name is "${name}": write ${write}`;
  expect(issuesOfApp(withProps({}, name), onDocker)).toEqual([issue]);
  expect(issuesOfApp(withProps({}, name), onKubernetes)).toEqual([issue]);
});

describe('a path that no file can have is reported as missing', () => {
  test.each(['a'.repeat(300), 'a\0b'])('for a Dockerfile: %j', (context) => {
    expect(issuesOfApp(withProps({ image: Image.build(context) }))).toEqual([
      `shop/api: image needs ${context.replace('\0', String.raw`\u{0}`)}/Dockerfile, which is missing: ` +
        "write a folder with a Dockerfile, relative to the application's folder",
    ]);
  });

  test('for a bind mount', () => {
    const folder = 'a'.repeat(300);
    expect(issuesOfApp(withProps({ bindMounts: [{ folder, path: '/srv/a' }] }))).toEqual([
      `shop/api: bindMounts is "${folder}": write a folder that exists, relative to the application's folder`,
    ]);
  });
});

test('an issue is one line without control characters, whatever values it names', () => {
  const name = 'a\nb\u001b[31m\u202e\u2028\ud800';
  const shown = String.raw`a\u{a}b\u{1b}[31m\u{202e}\u{2028}\u{d800}`;
  const quoted = String.raw`"a\nb\u001b[31m\u{202e}\u{2028}\ud800"`;
  expect(issuesOfApp(withProps({}, name))).toEqual([
    `shop/${shown}: name is ${quoted}: write a-b-31m: only lower-case letters, digits and - are allowed`,
  ]);
});

describe('a text that no program can receive is refused:', () => {
  const write = 'write valid Unicode text without a NUL character';
  test.each<[string, Partial<BackendProps>, string]>([
    ['a NUL in a variable', { env: { A: 'a\0b' } }, String.raw`env.A is "a\u0000b": ${write}`],
    ['half a character in a variable', { env: { A: '\ud800' } }, String.raw`env.A is "\ud800": ${write}`],
    ['a NUL in an argument', { args: ['\0'] }, String.raw`args is "\u0000": ${write}`],
    ['a NUL in a command', { command: ['a', '\0'] }, String.raw`command is "\u0000": ${write}`],
    [
      'half a character in a file',
      { files: { '/srv/a/b': '\udfff' } },
      'files /srv/a/b is not valid Unicode: write valid Unicode text',
    ],
  ])('%s', (_, props, told) => {
    expect(issuesOfApp(withProps(props))).toEqual([`shop/api: ${told}`]);
  });
});

test.each([
  [0, '0 MiB: write 1 byte or more'],
  [-1, '-1 byte: write 1 byte or more'],
  [1e21, '953674316406250 MiB: write 1 TiB or less'],
  [0.5, '0.5 bytes: write a whole number of bytes, 1 byte or more'],
])('a body limit of %d bytes is refused', (bytes, told) => {
  const build: Build = (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { bodyLimit: Size.bytes(bytes) })] });
  };
  expect(issuesOfApp(build)).toEqual([`shop/proxy: routes / bodyLimit is ${told}`]);
});

describe('what becomes a part of a connection URL is safe there:', () => {
  const letters = 'a name of letters, digits, _ and -';
  test.each([
    ['a/b', letters],
    ['a b', letters],
    ["a'; drop", letters],
    ['ä', letters],
    ['', 'a name, such as shop'],
    ['1a', 'a name that starts with a letter or _'],
    ['a'.repeat(64), 'at most 63 characters: this has 64'],
  ])('the database and the user, not %j', (name, write) => {
    const build: Build = (app) => new MongoDatabase(app, 'store', { database: name, username: name });
    expect(issuesOfApp(build)).toEqual([
      `shop/store: database is ${JSON.stringify(name)}: write ${write}`,
      `shop/store: username is ${JSON.stringify(name)}: write ${write}`,
    ]);
  });

  test.each([
    ['a b', 'a host name without " ": only letters, digits, - and . are allowed'],
    ['user@host', 'a host name without "@": only letters, digits, - and . are allowed'],
    ['a/b', 'the host alone, without the path: a'],
    ['', 'a host name, such as www.example.com'],
    ['host:1', 'the host without the port: host'],
  ])('the host of a managed service, not %j', (host, write) => {
    const place = docker({ secrets: envFile(), components: { cache: { managed: { host } } } });
    const build: Build = (app) => new Cache(app, 'cache');
    expect(issuesOfApp(build, place)).toEqual([
      `shop/cache: managed.host is ${JSON.stringify(host)}: write ${write}`,
    ]);
  });
});

describe('a value of a wrong type is reported as an issue', () => {
  /** What a program in JavaScript writes. */
  const props = (text: string) => JSON.parse(text) as Partial<BackendProps>;

  test('of the component that has it, beside every other issue', () => {
    const build: Build = (app) => {
      withProps(props('{ "memory": 5 }'))(app);
      withProps({ port: 0 }, 'web')(app);
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: memory is 5: write Size.mebibytes(5)',
      'shop/web: port is 0: write a whole number from 1 to 65535',
    ]);
  });

  test('of the part of the component that cannot be read, beside the issues of the other parts', () => {
    expect(issuesOfApp(withProps({ ...props('{ "scratch": {} }'), replicas: 0 }))).toEqual([
      "shop/api: scratch is {}: write [{ path: '/tmp', size: Size.mebibytes(64), medium: 'disk' }]",
      'shop/api: replicas is 0: write a whole number from 1 to 1000',
    ]);
  });

  test('of the environment', () => {
    const place = docker(JSON.parse('{ "accept": 5 }') as Parameters<typeof docker>[0]);
    expect(issuesOfApp(withProps({}), place)).toEqual([
      "shop (dev): accept is 5: write a list, such as ['autoscaling']",
    ]);
  });
});

test('the order in which files, volumes and variables are written changes nothing', () => {
  const planned = (names: readonly string[]) =>
    planOfApp((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      const web = new Backend(app, 'web', { image: 'web:1.0', port: 8000 });
      const map = <Value>(value: (name: string) => Value) =>
        Object.fromEntries(names.map((name) => [name, value(name)]));
      new Backend(app, 'app', {
        image: 'app:1.0',
        port: 8000,
        env: map((name) => (name === 'one' ? api.url : web.url)),
        volumes: map((name) => ({ path: `/data/${name}` })),
        files: Object.fromEntries(names.map((name) => [`/srv/${name}/a`, name])),
      });
    }, onKubernetes).plan;
  expect(planned(['two', 'one'])).toEqual(planned(['one', 'two']));
});
