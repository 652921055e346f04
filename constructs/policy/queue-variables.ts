/** A library for job queues on Redis, and the variables by which it is told where Redis is. */
interface QueueLibrary {
  readonly name: string;
  readonly variables: RegExp;
  /** Documentation of the variables. */
  readonly source: string;
}

/** A name of its own, between `_` or at an end of the name of a variable. */
function word(...names: readonly string[]): RegExp {
  return new RegExp(`(?:^|_)(?:${names.join('|')})(?:_|$)`, 'i');
}

/** The libraries that are known. Where they keep results only, as in CELERY_RESULT_BACKEND, a cache does. */
const libraries: readonly QueueLibrary[] = [
  {
    name: 'Celery',
    variables: /(?:^|_)BROKER(?:_(?:READ_|WRITE_)?URL|_HOST(?:NAME)?|_PORT)?$/i,
    source: 'https://docs.celeryq.dev/en/stable/userguide/configuration.html#broker-url',
  },
  {
    name: 'Bull and BullMQ',
    variables: word('BULL', 'BULLMQ'),
    source: 'https://docs.bullmq.io/guide/going-to-production#max-memory-policy',
  },
  {
    name: 'a queue on Redis',
    variables: word('QUEUES?_REDIS', 'REDIS_QUEUES?', 'JOBS?_REDIS', 'REDIS_JOBS?'),
    source: 'https://github.com/frappe/frappe_docker/blob/HEAD/docs/environment-variables.md',
  },
  {
    name: 'Sidekiq',
    variables: word('SIDEKIQ'),
    source: 'https://github.com/sidekiq/sidekiq/wiki/Using-Redis#memory',
  },
  { name: 'RQ', variables: word('RQ'), source: 'https://python-rq.org/docs/workers/' },
  { name: 'arq', variables: word('ARQ'), source: 'https://arq-docs.helpmanual.io/#redissettings' },
  { name: 'Dramatiq', variables: word('DRAMATIQ'), source: 'https://dramatiq.io/guide.html#redis-broker' },
  { name: 'Huey', variables: word('HUEY'), source: 'https://huey.readthedocs.io/en/latest/django.html' },
  { name: 'TaskIQ', variables: word('TASKIQ'), source: 'https://taskiq-redis.readthedocs.io/' },
  { name: 'Resque', variables: word('RESQUE'), source: 'https://github.com/resque/resque#configuration' },
  {
    name: 'Asynq',
    variables: word('ASYNQ'),
    source: 'https://github.com/hibiken/asynq/wiki/Getting-Started',
  },
  {
    name: 'Hangfire',
    variables: /HANGFIRE/i,
    source: 'https://docs.hangfire.io/en/latest/configuration/using-redis.html',
  },
  {
    name: 'Symfony Messenger',
    variables: word('MESSENGER_TRANSPORT_DSN'),
    source: 'https://symfony.com/doc/current/messenger.html#redis-transport',
  },
];

/** A variable that says whether jobs are in Redis, and the variables that then tell where Redis is. */
const laravel = {
  switches: ['QUEUE_CONNECTION', 'QUEUE_DRIVER'],
  value: 'redis',
  variables: /^REDIS_(?:HOST|URL)$/,
  source: 'https://laravel.com/docs/queues#redis',
};

/** The documentation of all variables. */
export const queueSources: readonly string[] = [...libraries.map(({ source }) => source), laravel.source];

/**
 * Whether a variable tells a library for job queues where Redis is.
 * @param textOf the text of another variable of the same workload; undefined if it has none
 */
export function isQueueVariable(name: string, textOf: (name: string) => string | undefined): boolean {
  return (
    libraries.some(({ variables }) => variables.test(name)) ||
    (laravel.variables.test(name) && laravel.switches.some((one) => textOf(one) === laravel.value))
  );
}
