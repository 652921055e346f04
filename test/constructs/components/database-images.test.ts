import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Image,
  MariadbDatabase,
  MysqlDatabase,
  PostgresDatabase,
  type Application,
  type SqlDatabaseProps,
} from 'catamaran';
import { fillTemplate } from '../../../constructs/model/template';
import {
  application,
  issuesOfApp,
  modelOfApp,
  onDocker,
  planOfApp,
  workloadOfApp,
} from '../../support/application';

const digest = `sha256:${'a'.repeat(64)}`;
const postgres = (props: SqlDatabaseProps) => (app: Application) =>
  new PostgresDatabase(app, 'database', props);

function layoutOf(props: SqlDatabaseProps) {
  const { volumes, variables, user } = workloadOfApp('database', postgres(props));
  return [
    volumes[0]?.path,
    fillTemplate(variables['PGDATA'] ?? [], new Map()),
    user.uid,
    user.gid,
    user.binding,
  ];
}

const usual = ['/var/lib/postgresql/data', '/var/lib/postgresql/data/pgdata'];
const since18 = ['/var/lib/postgresql', '/var/lib/postgresql/pgdata'];

describe('the layout of PostgreSQL', () => {
  test.each([
    ['postgres:17', usual, 999],
    ['postgres:9.6', usual, 999],
    ['postgres:17-alpine3.20', usual, 70],
    ['postgres:18', since18, 999],
    ['postgres:18.1-alpine', since18, 70],
    ['postgres:18beta1', since18, 999],
    ['postgres:19-trixie', since18, 999],
    [`postgres:18@${digest}`, since18, 999],
    ['public.ecr.aws/docker/library/postgres:18', since18, 999],
    ['registry.example.com:5000/mirror/postgres:16-alpine', usual, 70],
    ['pgvector/pgvector:pg17', usual, 999],
    ['pgvector/pgvector:0.8.1-pg18', since18, 999],
    ['ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0', usual, 999],
    ['postgis/postgis:17-3.5', usual, 999],
    ['postgis/postgis:18-3.6-alpine', since18, 70],
    ['timescale/timescaledb:latest-pg17', usual, 70],
    ['timescale/timescaledb:2.23.0-pg18', since18, 70],
  ])('%s', (image, [volume, data], uid) => {
    expect(layoutOf({ image })).toEqual([volume, data, uid, uid, 'named']);
  });

  test('follows the version that the stack says', () => {
    expect(layoutOf({ image: `postgres@${digest}`, version: '18' }).slice(0, 2)).toEqual(since18);
    expect(layoutOf({ image: 'postgres:latest', version: '17' }).slice(0, 2)).toEqual(usual);
    expect(layoutOf({ image: 'db:1.0', version: '18', user: { uid: 70, gid: 70 } })).toEqual([
      ...since18,
      70,
      70,
      'image',
    ]);
  });

  // The server stops at data of another version: it must not find an empty folder.
  test('has its data in the same folder of the volume in every version', () => {
    const inVolume = ([volume = '', data = '']: readonly (string | number | undefined)[]) =>
      String(data).slice(String(volume).length);
    expect(inVolume(layoutOf({ image: 'postgres:18' }))).toBe(inVolume(layoutOf({ image: 'postgres:17' })));
  });

  test.each([
    'postgres:latest',
    'postgres:alpine',
    'postgres:trixie',
    `postgres@${digest}`,
    'postgis/postgis:latest',
  ])('is not guessed for %s', (image) => {
    expect(issuesOfApp(postgres({ image }))).toEqual([
      `shop/database: image is "${image}", which does not tell the version of PostgreSQL, and the folder of its data ` +
        "follows from it: write version: '17' beside it, or a tag that starts with the version",
    ]);
  });

  test('is that of version 17 for an image of unknown origin, with a warning', () => {
    const build = postgres({ image: 'registry.example.com/db:1.4' });
    expect(layoutOf({ image: 'registry.example.com/db:1.4' }).slice(0, 2)).toEqual(usual);
    const one = application(build, onDocker);
    expect(one.warnings.map(({ sentence }) => sentence)).toEqual([
      'image is registry.example.com/db:1.4, which does not tell the version of PostgreSQL, and the folder of its data ' +
        "follows from it: it is taken for version 17. To be sure, write version: '17' beside it, or the version that it has",
    ]);
  });

  test.each([
    ['18', 'postgres:17', '17, as in the image postgres:17, or leave it out'],
    ['17.1', 'pgvector/pgvector:pg18', '18, as in the image pgvector/pgvector:pg18, or leave it out'],
    ['new', 'postgres:17', "a version, such as '17' or '8.4'"],
  ])('is not of version %s in %s', (version, image, write) => {
    expect(issuesOfApp(postgres({ version, image }))).toEqual([
      `shop/database: version is "${version}": write ${write}`,
    ]);
  });

  test.each([
    ['bitnami/postgresql:17', 'postgres:17'],
    ['docker.io/bitnamilegacy/postgresql:17', 'postgres:17'],
    ['timescale/timescaledb-ha:pg17', 'timescale/timescaledb:latest-pg17'],
    ['kartoza/postgis:17-3.5', 'postgis/postgis:17-3.5'],
  ])('is refused for %s', (image, similar) => {
    expect(issuesOfApp(postgres({ image }))).toEqual([
      `shop/database: image is "${image}": write ${similar}, because this image has other variables and folders than the ` +
        'official one; or run it as a Backend with volumes',
    ]);
  });
});

describe('the image that a stack builds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-image-'));

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['FROM postgres:18-alpine\n', since18, 70],
    ['ARG VERSION=18\nFROM postgres:${VERSION}\n', since18, 999],
    ['FROM golang:1.25 AS build\nFROM pgvector/pgvector:pg17 AS base\nFROM base\nCOPY . /\n', usual, 999],
    ['FROM --platform=linux/amd64 postgres:16\n', usual, 999],
    ['FROM scratch\n', usual, 999],
    ['ARG BASE\nFROM ${BASE}\n', usual, 999],
  ])('has the layout of the image that it is made from: %j', (dockerfile, layout, uid) => {
    mkdirSync(join(folder, 'db'), { recursive: true });
    writeFileSync(join(folder, 'db/Dockerfile'), dockerfile);
    const model = modelOfApp(postgres({ image: Image.build('db') }), onDocker, { folder });
    const [database] = model.workloads;
    expect([
      database?.volumes[0]?.path,
      fillTemplate(database?.variables['PGDATA'] ?? [], new Map()),
      database?.user.uid,
    ]).toEqual([...layout, uid]);
  });
});

describe('the programs and variables of MariaDB', () => {
  test.each([
    ['mariadb:11.4', 'MARIADB', 'mariadb-admin'],
    ['mariadb:12', 'MARIADB', 'mariadb-admin'],
    ['mariadb:latest', 'MARIADB', 'mariadb-admin'],
    ['mariadb:10.11.6-jammy', 'MARIADB', 'mariadb-admin'],
    ['mariadb:10', 'MARIADB', 'mariadb-admin'],
    ['mariadb:10.5', 'MARIADB', 'mariadb-admin'],
    ['mariadb:10.5.9', 'MYSQL', 'mariadb-admin'],
    ['mariadb:10.4.18', 'MYSQL', 'mariadb-admin'],
    ['mariadb:10.4.5', 'MYSQL', 'mysqladmin'],
    ['mariadb:10.3', 'MARIADB', 'mysqladmin'],
    ['mariadb:10.1', 'MYSQL', 'mysqladmin'],
    ['mariadb:5.5', 'MYSQL', 'mysqladmin'],
  ])('%s has variables %s_… and the program %s', (image, prefix, program) => {
    const { variables, readiness } = workloadOfApp(
      'database',
      (app) => new MariadbDatabase(app, 'database', { image }),
    );
    expect(variables[`${prefix}_USER`]).toEqual(['app']);
    expect(readiness).toMatchObject({ check: { command: expect.arrayContaining([program]) as unknown } });
  });
});

test.each([
  ['mysql:5.7', 999],
  ['percona:8.0', 1001],
  ['percona/percona-server:8.4', 1001],
  ['mysql/mysql-server:8.0', 27],
])('%s runs as %i', (image, uid) => {
  const { user } = workloadOfApp('database', (app) => new MysqlDatabase(app, 'database', { image }));
  expect(user).toEqual({ uid, gid: uid, binding: 'any' });
});

test('an unknown version of MySQL is no problem, because nothing important follows from it', () => {
  const planned = planOfApp((app) => new MysqlDatabase(app, 'database', { image: 'mysql:lts' }));
  expect(planned.model.workloads.map(({ name }) => name)).toEqual(['database']);
});
