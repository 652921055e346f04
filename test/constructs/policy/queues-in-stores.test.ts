import {
  Backend,
  Cache,
  RedisStore,
  text,
  type Application,
  type EnvironmentValue,
  type Reference,
} from 'catamaran';
import { queuesInStores } from '../../../constructs/policy/queues-in-stores';
import { violationsOf } from '../../support/policy';

interface Redis {
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  readonly endpoint: Reference;
  readonly password: Reference;
}

type Variables = Readonly<Record<string, EnvironmentValue>>;

/** The names of the variables that are found. */
function found(variables: (redis: Redis) => Variables, kind: typeof Cache | typeof RedisStore = Cache) {
  const build = (app: Application) => {
    const redis = new kind(app, 'memory');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: variables(redis) });
  };
  return violationsOf(queuesInStores, build).map(({ field }) => field);
}

test('a queue in a cache is told where it belongs', () => {
  const build = (app: Application) => {
    const redis = new Cache(app, 'redis');
    const env = { CELERY_BROKER_URL: redis.url };
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
  };
  const write = "new RedisStore(this, 'redis') in place of the cache, or beside it for the jobs";
  expect(violationsOf(queuesInStores, build)).toEqual([
    {
      workload: 'api',
      field: 'env.CELERY_BROKER_URL',
      got: 'redis',
      write,
      sentence:
        'env.CELERY_BROKER_URL keeps jobs in redis, a cache, which drops them when it is full or restarts: ' +
        `write ${write}`,
    },
  ]);
});

test('a queue in a store is right', () => {
  expect(found(({ url, host }) => ({ CELERY_BROKER_URL: url, BULL_REDIS_HOST: host }), RedisStore)).toEqual(
    [],
  );
});

test.each([
  ...['BROKER_URL', 'AIRFLOW__CELERY__BROKER_URL', 'QUEUE_BULL_REDIS_HOST', 'BULLMQ_URL', 'QUEUE_REDIS_URL'],
  ...[
    'REDIS_QUEUE',
    'REDIS_QUEUE_HOST',
    'JOBS_REDIS_URL',
    'SIDEKIQ_REDIS_URL',
    'RQ_REDIS_URL',
    'ARQ_REDIS_URL',
  ],
  ...['DRAMATIQ_BROKER_URL', 'RESQUE_URL', 'HANGFIRE_REDIS', 'HUEY_REDIS_URL', 'MESSENGER_TRANSPORT_DSN'],
  ...['ConnectionStrings__Hangfire', 'ASYNQ_REDIS_ADDR', 'TASKIQ_REDIS_URL'],
])('%s is the variable of a queue', (name) => {
  expect(found(({ url }) => ({ [name]: url }))).toEqual([`env.${name}`]);
});

test.each([
  ...['REDIS_URL', 'CACHE_URL', 'CELERY_RESULT_BACKEND', 'RATE_LIMIT_REDIS_URL', 'SESSION_REDIS_HOST'],
  ...['BROKERAGE_URL', 'BULLETIN_REDIS_URL', 'PARQUET_URL', 'REDIS_QUEUED_URL', 'TORQUE_HOST'],
])('%s is none', (name) => {
  expect(found(({ url }) => ({ [name]: url }))).toEqual([]);
});

test('the parts of an address are found as well', () => {
  expect(
    found(({ host, port, endpoint, password }) => ({
      BULL_REDIS_HOST: host,
      BULL_REDIS_PORT: port,
      BULL_REDIS_PASSWORD: password,
      REDIS_QUEUE: endpoint,
      SIDEKIQ_REDIS_URL: text`redis://:${password}@${host}:${port}/3`,
      HANGFIRE: text`server=${host};password=${password}`,
    })),
  ).toEqual(['env.BULL_REDIS_HOST', 'env.HANGFIRE', 'env.REDIS_QUEUE', 'env.SIDEKIQ_REDIS_URL']);
});

test('a variable of a queue that leads elsewhere is none', () => {
  expect(found(({ url }) => ({ REDIS_URL: url, CELERY_BROKER_URL: 'amqp://rabbit/redis-jobs' }))).toEqual([]);
});

test.each([
  ['redis', ['env.REDIS_HOST']],
  ['database', []],
])('Laravel keeps jobs in Redis if it says so: %s', (connection, expected) => {
  expect(found(({ host }) => ({ QUEUE_CONNECTION: connection, REDIS_HOST: host }))).toEqual(expected);
});
