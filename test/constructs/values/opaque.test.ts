import { inspect } from 'node:util';
import {
  Backend,
  Cpu,
  defineStack,
  docker,
  Duration,
  Health,
  hostPort,
  Image,
  Json,
  later,
  loadBalancer,
  nodePort,
  PostgresDatabase,
  Route,
  Schedule,
  Secret,
  Size,
  text,
  type Application,
} from 'catamaran';
import { formatIssue } from '../../../constructs/issue';
import { application, issuesOfApp, present, thrownBy, withProps } from '../../support/application';

const made: { api?: Backend; userStore?: PostgresDatabase } = {};
const shop = application((app) => {
  made.api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
  made.userStore = new PostgresDatabase(app, 'user-store');
});
const api = present(made.api);
const store = present(made.userStore);
const { dev } = defineStack((() => shop) as unknown as new () => Application, { dev: docker() }).environments;

const quote = ', with the word text before the first quote';
const inEnv = 'it as the whole value of a variable in env, or text`…${secret}…` in env';
const inUnit = 'in the unit that the program wants';

/** A value, what it is in words, and what to write instead of a string of it. */
const values: [object, string, string][] = [
  [api.url, 'a reference to api (its url)', `text\`\${api.url}/v1\`${quote}`],
  [api.port, 'a reference to api (its port)', `text\`\${api.port}\`${quote}`],
  [store.host, 'a reference to user-store (its host)', `text\`\${userStore.host}\`${quote}`],
  [store.password, 'a reference to user-store (its password)', `text\`\${userStore.password}\`${quote}`],
  [
    later(() => api.url),
    'a reference of later(…)',
    'it as the whole value of a variable, or text`${later(() => web.url)}/v1`',
  ],
  [Secret.named('API_KEY'), 'the secret API_KEY', inEnv],
  [Secret.named('API_KEY').file, 'the file of the secret API_KEY', inEnv],
  [
    text`${api.url}/v1`,
    'a text`…`',
    'it as the whole value of a variable or a file, or as a part of another text`…`',
  ],
  [Json.of(['a']), 'a Json value', 'it as the whole value of a variable in env'],
  [
    api,
    'the component api',
    'one of its references in a text, such as text`${api.url}`, or its name, api.name',
  ],
  [shop, 'the application shop', 'its name, this.name'],
  [dev, 'the environment dev', 'its name, environment.name'],
  [Size.mebibytes(1), 'a size of 1048576 bytes', `its number, size.bytes, ${inUnit}`],
  [Duration.seconds(2), 'a duration of 2000 ms', `its number, duration.milliseconds, ${inUnit}`],
  [Cpu.cores(1), 'an amount of 1000 millicores', `its number, cpu.millicores, ${inUnit}`],
  [Image.build('api'), 'the image that is built from api', 'it as the image of a component'],
  [Route.path('/', api), 'a route', 'it in the routes of a ReverseProxy'],
  [Health.http('/health'), 'a health check', 'it as the health or the liveness of a component'],
  [Health.command(['ok']), 'a health check', 'it as the health or the liveness of a component'],
  [Schedule.cron('@daily'), 'a schedule', 'its text, schedule.expression'],
  [hostPort(80), 'the publication at port 80', 'it as expose in the components of an environment'],
  [nodePort(30080), 'the publication at port 80', 'it as expose in the components of an environment'],
  [loadBalancer(443), 'the publication at port 443', 'it as expose in the components of an environment'],
];

const ways: Readonly<Record<string, (value: object) => unknown>> = {
  'a template literal': (value) => `${value as unknown as string}/v1`,
  '+': (value) => (value as unknown as string) + '/v1',
  'String()': (value) => Reflect.apply(String, undefined, [value]),
  'toString()': (value) => (value as { toString(): string }).toString(),
  join: (value) => [value as unknown as string, 'b'].join(','),
  'JSON.stringify': (value) => JSON.stringify(value),
  'JSON.stringify of an object around it': (value) => JSON.stringify({ url: [value] }),
  'Json.of': (value) => Json.of({ url: value as unknown as string }),
  'a key of an object': (value) => ({ [value as unknown as string]: 1 }),
  'a number': (value) => Number(value),
  'a comparison': (value) => (value as unknown as number) > 1,
  replace: (value) => 'x'.replace('x', value as unknown as string),
  URL: (value) => new URL(value),
};

test.each(values)('%p cannot become a string: it is %s', (value, what, write) => {
  const message = `value: ${what} was turned into a string, which would lose it: write ${write}`;
  const told = Object.entries(ways).map(([way, use]) => [way, thrownBy(() => use(value)).message]);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.keys(ways).map((way) => [way, message])),
  );
});

test.each(values)('%p can be printed, compared and copied', (value) => {
  expect(inspect(value)).toEqual(expect.any(String));
  expect(() => {
    expect(value).toBe(1);
  }).toThrow('Object.is equality');
  expect({ ...value }).toEqual({ ...value });
  expect(value).toEqual(value);
});

test('units are equal to plain amounts, and their fields are the same', () => {
  expect(Size.mebibytes(1)).toEqual({ bytes: 1_048_576 });
  expect(Object.keys(Size.mebibytes(1))).toEqual(['bytes']);
});

test.each(values)('a message that got %p says that it is %s', (got, what) => {
  expect(formatIssue({ path: 'shop/api', field: 'env.A', got, write: 'a text' })).toBe(
    `shop/api: env.A is ${what}: write a text`,
  );
  expect(formatIssue({ path: 'shop/api', field: 'command', got: ['a', { b: got }], write: 'a text' })).toBe(
    `shop/api: command is ["a",{"b":${JSON.stringify(what)}}]: write a text`,
  );
});

test('a value that no variable can have is told by what it is', () => {
  const env = { TTL: Duration.seconds(5), API: api } as unknown as Record<string, string>;
  expect(issuesOfApp(withProps({ env }, 'web'))).toEqual([
    'shop/web: env.TTL is a duration of 5000 ms: write a text, a finite number, true or false, or a reference, such as api.url',
    'shop/web: env.API is the component api: write a text, a finite number, true or false, or a reference, such as api.url',
  ]);
});

test.each(['connectsTo', 'waitsFor'])('%s takes components only', (field) => {
  const props = { [field]: ['database', api.url] } as unknown as object;
  expect(issuesOfApp(withProps(props, 'web'))).toEqual([
    `shop/web: ${field}[0] is "database": write a component, such as database`,
    `shop/web: ${field}[1] is a reference to api (its url): write a component, such as database`,
  ]);
});

test('a word of a command is plain text', () => {
  const props = { command: ['serve', api.url], args: [Secret.named('KEY')] } as unknown as object;
  const write = 'write a plain text, and pass the value in env, where the program reads it';
  expect(issuesOfApp(withProps(props, 'web'))).toEqual([
    `shop/web: command[1] is a reference to api (its url): ${write}`,
    `shop/web: args[0] is the secret KEY: ${write}`,
  ]);
});
