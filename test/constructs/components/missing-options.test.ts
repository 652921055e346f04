import * as catamaran from 'catamaran';
import * as onDockerAlone from 'catamaran/docker';
import * as onKubernetesAlone from 'catamaran/kubernetes';
import { Application, Component, docker, IssuesError, type Environment } from 'catamaran';
import { application, issuesOfApp, planOfApp, thrownBy } from '../../support/application';

// What a program in JavaScript may write: each of these is a mistake to the compiler.

const parts = { ...catamaran, ...onDockerAlone, ...onKubernetesAlone };

/** Calls a function, or one of a class or object, as `Route.path`. */
function call(name: string, ...given: readonly unknown[]): unknown {
  const [first = '', second] = name.split('.');
  const whole = at(parts, first);
  const called = second === undefined ? whole : at(whole as object, second);
  return Reflect.apply(called as () => unknown, whole, given);
}

function make(name: string, ...given: readonly unknown[]): unknown {
  return Reflect.construct(at(parts, name) as new () => unknown, given);
}

function at(object: object, key: string): unknown {
  return Reflect.get(object, key);
}

const shop = () => application(() => undefined);

/** The whole message of what a call without its options throws. */
const told = (action: () => unknown) => thrownBy(action).message;

const pods = "{ namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } }";
const stack = 'defineStack(Shop, { dev: docker() })';
const override = "write { reason: 'why', change: (object) => ({ ...object }) }";

test.each<[string, readonly unknown[], string]>([
  ['docker', [null], 'options is null: write docker(), or docker({ secrets: envFile() })'],
  ['kubernetes', [], "options is missing: write kubernetes({ namespace: 'shop' })"],
  ['kubernetes', ['shop'], `options is "shop": write kubernetes({ namespace: 'shop' })`],
  ['ingress', [], `options is missing: write ingress({ className: 'nginx', controller: ${pods} })`],
  ['ingress', [{ className: 'nginx' }], `controller is missing: write ${pods}`],
  ['gateway', [null], `options is null: write gateway({ className: 'nginx', controller: ${pods} })`],
  [
    'gateway',
    [{ className: 'a', controller: { namespace: 'b' } }],
    "controller.labels is missing: write { 'app.kubernetes.io/name': 'ingress-nginx' }",
  ],
  ['argoCd', [], "options is missing: write argoCd({ repository: 'https://git.example.com/gitops.git' })"],
  ['flux', [], "options is missing: write flux({ sourceRef: { name: 'gitops' } })"],
  ['flux', [{}], "sourceRef is missing: write { name: 'gitops' }"],
  ['generated', [null], 'options is null: write generated(), or generated({ others: envFile() })'],
  ['externalSecrets', [], "options is missing: write externalSecrets({ store: 'vault' })"],
  ['sealedSecrets', [], "options is missing: write sealedSecrets({ file: 'sealed.yaml' })"],
  ['sops', ['a.yaml'], `options is "a.yaml": write sops({ file: 'secrets.yaml' })`],
  [
    'Image.build',
    ['api', null],
    "options is null: write Image.build('api'), or Image.build('api', { dockerfile: 'Dockerfile' })",
  ],
  [
    'Schedule.cron',
    ['@daily', null],
    "options is null: write Schedule.cron('0 3 * * *'), or Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' })",
  ],
  [
    'Route.path',
    ['/'],
    'to is missing: write a backend, or a list such as [{ component: backend, weight: 1 }]',
  ],
  [
    'Route.path',
    ['/', [{ weight: 1 }]],
    'to[0].component is missing: write a backend, such as { component: backend, weight: 1 }',
  ],
  [
    'Route.path',
    ['/', [], null],
    "options is null: write Route.path('/', backend), or Route.path('/', backend, { websocket: true })",
  ],
  [
    'Route.redirect',
    ['/', '/a', null],
    "options is null: write Route.redirect('/old', '/new'), or Route.redirect('/old', '/new', { status: 301 })",
  ],
  ['defineStack', [], `application is missing: write its class, such as ${stack}`],
  ['defineStack', [Application], `environments is missing: write at least one, such as ${stack}`],
  [
    'defineStack',
    [Application, { dev: docker }],
    "dev is a function: write docker() or kubernetes({ namespace: 'shop' })",
  ],
  ['text', ['a'], 'template is "a": write text`url: ${backend.url}` without parentheses'],
  ['Application.of', [], 'construct is missing: write a component'],
  ['kubernetesObject', ['Deployment'], `options is missing: ${override}`],
  ['dockerContainer', [], `options is missing: ${override}`],
])('%s is told what it is missing', (name, given, message) => {
  expect(told(() => call(name, ...given))).toBe(`${name}: ${message}`);
});

test.each([undefined, null, true, Number.NaN, {}, ['a']])('a text has no %p in it', (value) => {
  const write = 'a text, a finite number, a reference, a secret, or a list of texts';
  expect(thrownBy(() => catamaran.text`level: ${value as string}`).issues).toEqual([
    { path: 'text', field: 'value', got: value, write },
  ]);
});

test.each<[string, () => unknown, string]>([
  [
    'no props',
    () => make('Backend', shop(), 'x'),
    "shop/x: props is missing: write an object, such as { image: 'api:1.0' }",
  ],
  [
    'null',
    () => make('Cache', shop(), 'x', null),
    'shop/x: props is null: write { memory: Size.mebibytes(256) }, or leave it out',
  ],
  [
    'a text',
    () => make('Cache', shop(), 'x', 'redis:7'),
    'shop/x: props is "redis:7": write { memory: Size.mebibytes(256) }, or leave it out',
  ],
  [
    'no kind',
    () => make('Frontend', shop(), 'x'),
    "shop/x: props is missing: write { kind: 'server', image: 'site:1.0', port: 8000 }",
  ],
  [
    'no scope',
    () => make('Backend', 'x', { port: 8000 }),
    "component: the first argument must be the application: write new Backend(this, 'api', { … })",
  ],
  [
    'no name',
    () => make('Backend', shop(), { port: 8000 }),
    "component: the second argument must be the name of the component: write new Backend(this, 'api', { … })",
  ],
])('a component is told of what it is missing: %s', (_, action, message) => {
  expect(told(action)).toBe(message);
});

test.each<[string, string, object, string]>([
  ['no routes', 'ReverseProxy', {}, "routes is missing: write [Route.path('/', backend)]"],
  ['no route', 'ReverseProxy', { routes: ['/'] }, `routes[0] is "/": write Route.path('/', backend)`],
  [
    'no command',
    'Migration',
    { image: 'a:1', check: ['is-up'] },
    "command is missing: write a list, such as ['node', 'server.js']",
  ],
  [
    'no schedule',
    'ScheduledJob',
    { image: 'a:1', command: ['up'] },
    "schedule is missing: write Schedule.cron('0 3 * * *')",
  ],
])('what a component needs is told with every other issue: %s', (_, name, props, message) => {
  expect(
    issuesOfApp((app) => {
      make(name, app, 'x', props);
      make('Backend', app, 'y', { image: 'a:1', port: 8000, replicas: 0 });
    }),
  ).toEqual([`shop/x: ${message}`, 'shop/y: replicas is 0: write a whole number from 1 to 1000']);
});

test('a component without an image is told with every other issue', () => {
  expect(issuesOfApp((app) => make('Backend', app, 'api', {}))).toEqual([
    "shop/api: image is missing: write an image with a tag, such as 'api:1.0', or Image.build('folder')",
    'shop/api: port is missing: write a whole number from 1 to 65535',
  ]);
});

describe('an application is told what it is missing:', () => {
  test('its environment', () => {
    expect(told(() => make('Application', 'shop'))).toBe(
      "shop: environment is missing: write super('shop', environment) with the environment of the constructor",
    );
  });

  test('its props', () => {
    const environment: Environment = { ...docker(), name: 'dev' };
    expect(told(() => make('Application', 'shop', environment, null))).toBe(
      'shop: props is null: write { folder: __dirname }, or leave it out',
    );
  });

  test('what it chooses from', () => {
    const choose = (app: Application) => {
      Reflect.apply(at(app, 'choose') as () => void, app, ['store']);
    };
    expect(told(() => application(choose))).toBe(
      "shop: second argument of choose('store', …) is missing: write a list of texts, the default first",
    );
  });
});

// Those that tests call, and that take what the library itself has made.
const others = ['formatIssue', 'applicationSecret', 'IssuesError'];
const exported = Object.entries(parts).filter(([name]) => !others.includes(name));
const isComponent = (value: unknown) =>
  typeof value === 'function' && at(value, 'prototype') instanceof Component;
const isClass = (value: unknown) => typeof value === 'function' && String(value).startsWith('class');
const components = exported.filter(([, value]) => isComponent(value)).map(([name]) => name);
const functions = exported
  .filter(([, value]) => !isComponent(value))
  .flatMap(([name, value]) =>
    typeof value === 'function' && !isClass(value)
      ? [name]
      : Object.getOwnPropertyNames(value)
          .filter((key) => key !== 'prototype' && typeof at(value, key) === 'function')
          .map((key) => `${name}.${key}`),
  );

function expectIssuesOf(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(IssuesError);
  }
}

test.each(functions)('%s throws nothing but issues, whatever is missing', (name) => {
  for (const given of [[], [null], ['text'], [5], ['text', null], ['text', 5], ['text', [], null]])
    expectIssuesOf(() => call(name, ...given));
});

test.each(components)('new %s throws nothing but issues, whatever is missing', (name) => {
  for (const given of [[], [null], ['text'], [5], [{}], [[]]])
    expectIssuesOf(() => planOfApp((app) => make(name, app, 'x', ...given)));
});
