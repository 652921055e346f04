import fc from 'fast-check';
import type { ComponentDescription } from './description';
import { cpu, cron, mebibytes, memory, optional, seconds, timeZone, timing, whole } from './values';

const backup = fc.record(
  {
    schedule: fc.record({ expression: cron, timeZone }),
    to: fc.record({ kind: fc.constant('volume'), size: mebibytes(1, 1_000_000) }),
    keep: whole(1, 1000),
    memory,
    timeout: seconds(1, 604_800),
  },
  { requiredKeys: ['schedule', 'to'] },
);

const databaseName = fc.constantFrom('app', 'orders', 'a_b', 'x1');
const databaseProps = {
  database: databaseName,
  username: databaseName,
  storage: mebibytes(1, 67_108_864),
  cpu,
  memory,
  health: timing,
  grace: seconds(1, 3600),
  backup,
};
const noPassword = fc.constant({ reason: 'the data is public' });
const variables = fc.constantFrom({}, { TZ: 'Europe/Berlin' }, { TZ: 'UTC', LC_ALL: 'C' });
const init = fc.constantFrom(
  {},
  { '10-schema.sql': "CREATE TABLE notes (text text DEFAULT '$(NAME) ${NAME}');\n" },
  { '10-schema.sql': 'SELECT 1', '20-more.sh': '#!/bin/sh\ntrue\n' },
);
const sqlProps = {
  ...databaseProps,
  env: variables,
  init,
  files: fc.constantFrom({}, { '/etc/server/own.cnf': '# own\n' }),
  noPassword,
  sharedMemory: mebibytes(1, 5),
  user: fc.constant({ uid: 1001, gid: 0 }),
  databases: fc.constantFrom({}, { reports: { username: 'reporter' } }, { reports: {}, 'more-data': {} }),
};

/** A database with some of its props. */
function sql(kind: 'postgres' | 'mysql' | 'mariadb', image: readonly string[], args: readonly string[][]) {
  const props = { ...sqlProps, image: fc.constantFrom(...image), args: fc.constantFrom(...args) };
  return fc.record({ kind: fc.constant(kind), name: fc.constant(''), props: fc.record(props, optional) });
}

const digest = `sha256:${'a'.repeat(64)}`;
const databases = fc.oneof(
  sql(
    'postgres',
    ['postgres:17', 'postgres:18-alpine', 'pgvector/pgvector:pg17', `postgis/postgis:17-3.5@${digest}`],
    [[], ['-c', 'work_mem=8MB'], ['--max_connections=50']],
  ),
  sql('mysql', ['mysql:8.4', 'mysql:5.7', 'percona:8.0'], [[], ['--character-set-server=utf8mb4']]),
  sql('mariadb', ['mariadb:11.4', 'mariadb:10.3', 'mariadb:lts'], [[], ['--max-connections=50']]),
);
const mongo = fc.record(
  {
    ...databaseProps,
    image: fc.constantFrom('mongo:7.0', 'mongo:4.4', 'mongo:8', 'mongo:latest'),
    args: fc.constantFrom([], ['--wiredTigerCacheSizeGB', '1']),
    replicaSet: fc.boolean(),
    noPassword,
  },
  optional,
);

const redisImage = fc.constantFrom(
  ...['redis:7.4', 'redis:8-alpine', 'redis:5', 'valkey/valkey:8', 'redis/redis-stack-server:7.4.0-v3'],
  ...['redislabs/redismod:edge', 'registry.example.com/redis:6.2@sha256:' + 'a'.repeat(64)],
);

const redisArgs = fc.constantFrom([], ['--hz', '20'], ['--loglevel warning', '--databases', '4']);

/** A component that other components call: a database, a cache, a search engine or an external service. */
export const services: fc.Arbitrary<ComponentDescription> = fc.oneof(
  databases,
  fc.record({
    kind: fc.constant('mongo'),
    name: fc.constant(''),
    props: mongo,
  }),
  fc.record({
    kind: fc.constant('cache'),
    name: fc.constant(''),
    props: fc.record(
      { image: redisImage, cpu, memory, args: redisArgs, noPassword, health: timing },
      optional,
    ),
  }),
  fc.record({
    kind: fc.constant('redis'),
    name: fc.constant(''),
    props: fc.record(
      {
        image: redisImage,
        storage: mebibytes(1, 1000),
        cpu,
        memory,
        args: redisArgs,
        noPassword,
        health: timing,
        grace: seconds(1, 3600),
        backup,
      },
      optional,
    ),
  }),
  fc.record({
    kind: fc.constant('search'),
    name: fc.constant(''),
    props: fc.record(
      {
        image: fc.constantFrom('elasticsearch:7.16.1', 'elasticsearch:9.1.4'),
        args: fc.constantFrom([], ['-Ea.b=c: d']),
        env: fc.constantFrom({}, { ES_JAVA_OPTS: '-Xmx1g' }),
        noPassword,
        storage: mebibytes(1, 1000),
        cpu,
        memory,
        health: timing,
        backup,
      },
      optional,
    ),
  }),
  fc.record({
    kind: fc.constant('external'),
    name: fc.constant(''),
    props: fc.record(
      {
        url: fc.constantFrom(
          'https://api.example.com/v1',
          'http://mail.example.org',
          'smtp://10.1.2.3:25',
          'https://[2001:db8::1]:8443/',
          'amqps://Queue.example.com/shop',
          'jdbc:postgresql://db.example.com/shop?ssl=true',
          'mongodb+srv://cluster.example.com/shop',
          'udp://192.0.2.7:514',
        ),
        addresses: fc.array(fc.constantFrom('10.0.0.0/8', '192.0.2.1/32', '2001:db8::/32', '0.0.0.0/0'), {
          minLength: 1,
          maxLength: 3,
        }),
      },
      { requiredKeys: ['url'] },
    ),
  }),
  fc.record({
    kind: fc.constant('host-program'),
    name: fc.constant(''),
    props: fc.record(
      { port: whole(1, 65_535), scheme: fc.constantFrom('http', 'https', 'postgres', 'ntp') },
      { requiredKeys: ['port'] },
    ),
  }),
);
