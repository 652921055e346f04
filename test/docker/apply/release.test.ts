import * as pulumi from '@pulumi/pulumi';
import { Backend, Duration, Health, PostgresDatabase, Schedule, ScheduledJob, Worker } from 'catamaran';
import { isNamedWhenHealthy, release, type Names } from '../../../docker/apply/release';
import type { Commands } from '../../../docker/apply/commands';
import { onDocker, planOfApp, present, type Build } from '../../support/application';
import { dockerPlan } from '../../support/written';

const api: Build = (app) =>
  new Backend(app, 'api', {
    image: 'api:1.0',
    port: 8000,
    replicas: 2,
    health: Health.tcp({ every: Duration.seconds(2) }),
    deadline: Duration.seconds(5),
  });

const containerOf = (build: Build) => present(dockerPlan(planOfApp(build, onDocker)).containers[0]);

/** An engine whose containers become healthy after so many looks, and what was asked of it. */
class Fake implements Commands {
  readonly asked: string[] = [];
  paused = 0;
  private readonly aliases = new Map<string, string[]>();

  constructor(
    private readonly looks: number,
    private readonly health: object = { Status: 'starting', Log: null },
  ) {}

  run(...args: readonly string[]): Promise<string> {
    const id = args.at(-1) ?? '';
    if (args[1] === 'inspect') {
      const healthy = this.paused / 500 >= this.looks;
      const State = {
        Status: 'running',
        ExitCode: 0,
        Health: healthy ? { Status: 'healthy', Log: null } : this.health,
      };
      const Networks = { 'shop_proxy.api': { Aliases: this.aliases.get(id) ?? [id] } };
      return Promise.resolve(JSON.stringify({ State, NetworkSettings: { Networks } }));
    }
    this.asked.push(args.join(' '));
    if (args[1] === 'connect')
      this.aliases.set(
        id,
        args.filter((_, index) => args[index - 1] === '--alias'),
      );
    return Promise.resolve('');
  }

  runForLog(...args: readonly string[]): Promise<string> {
    this.asked.push(args.join(' '));
    return Promise.resolve(`${'line\n'.repeat(12)}the last\n`);
  }

  pause(milliseconds: number): Promise<void> {
    this.paused += milliseconds;
    return Promise.resolve();
  }
}

const names: Names[] = [
  { network: 'shop_api.database', aliases: [[], []] },
  {
    network: 'shop_proxy.api',
    aliases: [
      ['api', 'shop-api-1'],
      ['api', 'shop-api-2'],
    ],
  },
];

const replicas = ['one', 'two'].map((id) => ({ id, urn: `urn:of:${id}` }));

test('replicas are called by name once all of them are healthy, and callers have time to hear of it', async () => {
  const engine = new Fake(3);
  await release(containerOf(api), replicas, names, engine);
  expect(engine.asked).toEqual([
    'network disconnect shop_proxy.api one',
    'network connect --alias api --alias shop-api-1 shop_proxy.api one',
    'network disconnect shop_proxy.api two',
    'network connect --alias api --alias shop-api-2 shop_proxy.api two',
  ]);
  expect(engine.paused).toBe(3 * 500 + 3000);
});

test('replicas that have their names are left alone', async () => {
  const engine = new Fake(0);
  await release(containerOf(api), replicas, names, engine);
  const before = [...engine.asked];
  await release(containerOf(api), replicas, names, engine);
  expect(engine.asked).toEqual(before);
  expect(engine.paused).toBe(3000);
});

test('replicas that are not healthy in time have no name, and the last lines of one are told', async () => {
  const engine = new Fake(99, { Status: 'unhealthy', Log: [{ Output: 'a trace\nstatus 503\n' }] });
  await expect(release(containerOf(api), replicas, names, engine)).rejects.toThrow(
    'api: a replica is not healthy after 5 s (running). Components that wait for it were not updated. Correct it, or ' +
      'what it depends on, and run pulumi up again; or create the replica again with ' +
      "pulumi up --replace 'urn:of:one'. Its log ends with:\n" +
      `${'line\n'.repeat(9)}the last\nIts health check printed: status 503`,
  );
  expect([...new Set(engine.asked)]).toEqual(['container logs --tail 10 one']);
});

test('what is told of a release has no stack trace, which Pulumi would show', async () => {
  const engine = new Fake(99);
  const failed: unknown = await release(containerOf(api), replicas, names, engine).catch(
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(pulumi.RunError);
  const { message, stack } = failed as Error;
  expect(stack).toBe(message);
});

test('each is waited for as long as its check needs for a verdict, or until the deadline; without one, not at all', () => {
  const own: Build = (app) => {
    const props = { image: 'api:1.0', port: 8000 };
    const health = Health.tcp({ every: Duration.seconds(20), retries: 2, startPeriod: Duration.seconds(60) });
    new Backend(app, 'slow', { ...props, health });
    new Backend(app, 'urgent', { ...props, health, deadline: Duration.seconds(30) });
    new Worker(app, 'unknown', { image: 'api:1.0' });
    new ScheduledJob(app, 'night', { image: 'api:1.0', command: ['run'], schedule: Schedule.cron('@daily') });
  };
  const { containers } = dockerPlan(planOfApp(own, onDocker));
  const seconds = containers.map(({ name, patience }) => [name, patience / 1000]);
  // The last is asked by its scheduler's check.
  expect(Object.fromEntries(seconds)).toEqual({ slow: 135, urgent: 30, unknown: 0, night: 90 });
  const promised = containers.filter(({ health: [check], patience }) => check && patience <= check.interval);
  expect(promised).toEqual([]);
});

test('what is alone, or has no check, has its name from the start', () => {
  const database: Build = (app) => new PostgresDatabase(app, 'database');
  const published: Build = (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000, publish: 80 });
  const checked: Build = (app) =>
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, health: Health.http('/') });
  expect([database, published, checked].map((build) => isNamedWhenHealthy(containerOf(build)))).toEqual([
    false,
    false,
    true,
  ]);
  expect(isNamedWhenHealthy({ ...containerOf(checked), health: [] })).toBe(false);
});
