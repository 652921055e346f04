import { Backend, docker, Health, kubernetes, PostgresDatabase, Worker, type Application } from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  thrownBy,
} from '../../support/application';
import { noteOf } from '../../parity/support';
import { podOf, serviceOf } from '../../support/written';

const props = { image: 'api:1', port: 8000 } as const;
const unasked = Health.none('it answers by UDP alone');

describe('a component without a check, and with the reason', () => {
  test('has no liveness check either, unless it names one', () => {
    const model = modelOfApp((app) => {
      new Backend(app, 'api', { ...props, health: unasked });
      new Backend(app, 'other', { ...props, health: unasked, liveness: Health.command(['/alive']) });
    });
    const none = { kind: 'none', reason: 'it answers by UDP alone' };
    expect(model.workloads[0]).toMatchObject({ readiness: none, liveness: none, gate: { kind: 'none' } });
    expect(model.workloads[1]).toMatchObject({ readiness: none, liveness: { kind: 'probe' } });
  });

  test('is waited for until it has started', () => {
    const build = (app: Application) => {
      const api = new Backend(app, 'api', { ...props, health: unasked });
      const mailer = new Worker(app, 'mailer', { image: 'mailer:1', health: Health.none('it has no port') });
      new Worker(app, 'worker', { image: 'worker:1', env: { API: api.url }, waitsFor: [mailer] });
    };
    const started = { condition: 'service_started' };
    expect(serviceOf(planOfApp(build, onDocker), 'worker').depends_on).toEqual({
      api: started,
      mailer: started,
    });
    const planned = planOfApp(build, onKubernetes);
    expect(podOf(planned, 'worker').initContainers).toBeUndefined();
    expect(noteOf(planned, 'after')).toEqual({
      field: 'after',
      workloads: ['worker'],
      note:
        'A component that waits for one with Health.none starts at the same time, and has to try again until that one ' +
        'answers',
    });
  });

  test('is a need, which an environment can forbid', () => {
    const forbid = ['no-health'] as const;
    for (const place of [docker({ forbid }), kubernetes({ namespace: 'shop', forbid })])
      expect(issuesOfApp((app) => new Backend(app, 'api', { ...props, health: unasked }), place)).toEqual([
        'shop/api: health: api has no health check, because it answers by UDP alone, and environment dev forbids ' +
          "no-health: write a component without this need, or take 'no-health' out of forbid in environment dev",
      ]);
  });

  test('needs a reason', () => {
    expect(thrownBy(() => Health.none(' ')).message).toBe(
      'Health.none: reason is " ": write why there is no check, such as \'it answers by UDP alone\'',
    );
  });

  test('is the only worker that others can wait for', () => {
    const build = (app: Application) => {
      const mailer = new Worker(app, 'mailer', { image: 'mailer:1' });
      new Worker(app, 'worker', { image: 'worker:1', waitsFor: [mailer] });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/worker: waitsFor is "mailer": write a component with a port, or a migration',
    ]);
  });
});

test('a secret is no header', () => {
  const database = (app: Application) => new PostgresDatabase(app, 'database');
  modelOfApp((app) => {
    const { password } = database(app);
    const headers = { 'X-Key': password as unknown as string };
    expect(thrownBy(() => Health.http('/', { headers })).message).toBe(
      'Health.http: headers.X-Key is a reference to database (its password): write a plain text',
    );
  });
});

test.each([
  ['Host', "host: 'shop.example.com' beside headers"],
  ['Content-Length', 'other headers, because the program that asks writes this one'],
  ['X Health', 'a name of letters, digits and -, such as Accept'],
])('the header %s is told with what to write', (name, write) => {
  const health = Health.http('/', { headers: { [name]: 'a' } });
  expect(issuesOfApp((app) => new Backend(app, 'api', { ...props, health }))).toEqual([
    `shop/api: health.headers has the header "${name}": write ${write}`,
  ]);
});

test('a header that is named twice, or has an empty value, is told', () => {
  const health = Health.http('/', { headers: { Accept: 'a', accept: 'b', 'X-A': '', 'X-B': ' a' } });
  expect(issuesOfApp((app) => new Backend(app, 'api', { ...props, health }))).toEqual([
    'shop/api: health.headers.X-A is "": write a text, or leave the header out',
    'shop/api: health.headers.X-B is " a": write a text without spaces at its ends',
    'shop/api: health.headers has the header accept twice: write each header once',
  ]);
});
