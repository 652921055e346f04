import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readFileSync, readdirSync } from 'node:fs';
import {
  backupVolume,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  Schedule,
  Size,
  type Application,
} from 'catamaran';
import { present, workloadOfApp } from '../../support/application';
import { FakeImage } from '../../support/fake-image';

const backup = { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) };
const password = '/run/secrets/database/password';

type Build = (app: Application) => unknown;

/** The backup of a database, and an image in which the given programs stand in for the database's own. */
function backupOf(build: Build, programs: Readonly<Record<string, string>>) {
  const { files, volumes } = workloadOfApp('database-backup', build);
  const folder = present(volumes[0]).path;
  const script = present(files[0]?.files['backup.sh']);
  const image = new FakeImage(programs, {
    [password]: "it's pa$$\n",
    '/run/secrets/database/reports.password': 'other\n',
    [`${folder}/notes.txt`]: '',
  });
  const run = (...args: string[]) =>
    image.run(['sh', '-c', script, 'backup.sh', ...args], [folder, '/tmp/login.yaml']);
  image.write({ '/tmp/other': '' });
  return {
    image,
    run,
    /** The content of the one backup that there is. */
    made: () => {
      const names = readdirSync(join(image.root, folder)).filter((name) => name !== 'notes.txt');
      return readFileSync(join(image.root, folder, names.join()));
    },
  };
}

describe('the backup of PostgreSQL', () => {
  const programs = {
    pg_dump: 'echo "$PGUSER@$PGHOST/$PGDATABASE with $PGPASSWORD: $1" >"${2#--file=}"',
    pg_restore: 'echo "pg_restore $*" | sed "s|$root||; s|[0-9TZ]*\\.dump|FILE|"',
    psql: 'echo 0',
  };
  const build = (app: Application) => new PostgresDatabase(app, 'database', { backup });

  test('logs in with variables, and is restored completely or not at all', () => {
    const { run, made } = backupOf(build, programs);
    expect(run('backup')).toMatchObject({ status: 0, stderr: '' });
    expect(made().toString()).toBe("app@database/shop with it's pa$$: --format=custom\n");
    const { status, stdout } = run('restore', 'latest');
    expect({ status, lines: stdout.split('\n').slice(0, 2) }).toEqual({
      status: 0,
      lines: [
        'pg_restore --file=/dev/null /var/lib/postgresql/data/FILE',
        'pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction --dbname=shop ' +
          '/var/lib/postgresql/data/FILE',
      ],
    });
  });
});

const onMysql: Build = (app) => new MysqlDatabase(app, 'database', { backup });
const onMariadb: Build = (app) => new MariadbDatabase(app, 'database', { backup });

describe.each([
  ['MySQL', 'mysqldump', 'mysql', onMysql],
  ['MariaDB', 'mariadb-dump', 'mariadb', onMariadb],
])('the backup of %s', (_, dump, client, build) => {
  const login = '--protocol=tcp --host=database --user=app shop';
  const programs = {
    [dump]: 'echo "$* with $MYSQL_PWD"; echo "-- Dump completed on a day"',
    [client]: 'case $* in *information_schema*) echo 0 ;; *) echo "$* with $MYSQL_PWD reads"; cat ;; esac',
  };

  test('is a snapshot of one moment, with the password as a variable', () => {
    const { run, made } = backupOf(build, programs);
    expect(run('backup')).toMatchObject({ status: 0, stderr: '' });
    const dumped =
      '--single-transaction --no-tablespaces --routines --events --triggers --default-character-set=utf8mb4 ' +
      `${login} with it's pa$$\n-- Dump completed on a day\n`;
    expect(gunzipSync(made()).toString()).toBe(dumped);
    const { status, stdout } = run('restore', 'latest');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^restored: .*\n$/m);
    expect(stdout).toContain(`--default-character-set=utf8mb4 ${login} with it's pa$$ reads\n${dumped}`);
  });

  test('fails if the last line of the dump is missing', () => {
    const { run } = backupOf(build, { ...programs, [dump]: 'echo "half of it"' });
    const { status, stderr } = run('backup');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^backup: \d{8}T\d{6}Z\.sql\.gz is not whole\n$/);
  });

  test('is not restored over existing tables', () => {
    const { run, image } = backupOf(build, programs);
    run('backup');
    image.program(client, 'echo 2');
    expect(run('restore', 'latest').stderr).toBe(
      'backup: there are data: to replace them by those of the backup, say --yes\n',
    );
  });
});

const databases = { reports: { username: 'reporter' } };

describe('the backup of several databases of PostgreSQL', () => {
  const programs = {
    pg_dump: 'for one; do last=$one; done; echo "PGDMP $last" >"$(echo "$2" | sed "s|^--file=||")"',
    pg_restore: 'echo "pg_restore $* <- $(cat | head -n 1)" | sed "s|$root||" >>$root/log',
    psql: 'case "$*" in *reports*) cat "$root/count" ;; *) echo 0 ;; esac',
  };
  const build: Build = (app) => new PostgresDatabase(app, 'database', { backup, databases });

  test('has all of them, and restores each completely or not at all', () => {
    const { run, image } = backupOf(build, programs);
    image.write({ count: '0', log: '' });
    expect(run('backup')).toMatchObject({ status: 0, stderr: '' });
    image.write({ log: '' });
    expect(run('restore', 'latest')).toMatchObject({ status: 0, stderr: '' });
    const restored = '--clean --if-exists --exit-on-error --single-transaction';
    expect(image.read('log').split('\n')).toEqual([
      'pg_restore --file=/dev/null <- PGDMP shop',
      'pg_restore --file=/dev/null <- PGDMP reports',
      `pg_restore ${restored} --dbname=shop --no-owner <- PGDMP shop`,
      `pg_restore ${restored} --dbname=reports <- PGDMP reports`,
      '',
    ]);
  });

  test('is not restored over data in any of them', () => {
    const { run, image } = backupOf(build, programs);
    image.write({ count: '3', log: '' });
    run('backup');
    expect(run('restore', 'latest').stderr).toBe(
      'backup: there are data: to replace them by those of the backup, say --yes\n',
    );
  });

  test('fails if one of them cannot be written', () => {
    const { run, image } = backupOf(build, {
      ...programs,
      pg_dump: `case "$*" in *reports) exit 1 ;; esac\n${programs.pg_dump}`,
    });
    image.write({ count: '0', log: '' });
    expect(run('backup').stderr).toMatch(/^backup: the data could not be written to \d{8}T\d{6}Z\.dump\n$/);
  });
});

describe.each<[string, string, string, Build]>([
  ['MySQL', 'mysqldump', 'mysql', (app) => new MysqlDatabase(app, 'database', { backup, databases })],
  [
    'MariaDB',
    'mariadb-dump',
    'mariadb',
    (app) => new MariadbDatabase(app, 'database', { backup, databases }),
  ],
])('the backup of several databases of %s', (_, dump, client, build) => {
  const programs = {
    [dump]: 'for one; do last=$one; done; echo "$last as $3"; echo "-- Dump completed on a day"',
    [client]: 'case $* in *information_schema*) echo 0 ;; *) { echo "$*"; cat; } >>$root/log ;; esac',
  };

  test('has all of them, each written and restored by its own user', () => {
    const { run, image, made } = backupOf(build, programs);
    image.write({ log: '' });
    expect(run('backup')).toMatchObject({ status: 0, stderr: '' });
    const part = (name: string, user: string) => [
      `-- catamaran: database ${name}`,
      `${name} as --user=${user}`,
      '-- Dump completed on a day',
      `-- catamaran: end of ${name}`,
    ];
    expect(gunzipSync(made()).toString().split('\n')).toEqual([
      ...part('shop', 'app'),
      ...part('reports', 'reporter'),
      '',
    ]);
    expect(run('restore', 'latest')).toMatchObject({ status: 0, stderr: '' });
    const login = (name: string, user: string) =>
      `--protocol=tcp --host=database --user=${user} --default-character-set=utf8mb4 ${name}`;
    expect(image.read('log').split('\n')).toEqual([
      login('shop', 'app'),
      ...part('shop', 'app'),
      login('reports', 'reporter'),
      ...part('reports', 'reporter'),
      '',
    ]);
  });

  test('fails if one of them cannot be written', () => {
    const { run } = backupOf(build, {
      ...programs,
      [dump]: `case "$*" in *reports) exit 1 ;; esac\n${programs[dump] ?? ''}`,
    });
    expect(run('backup').stderr).toMatch(/^backup: \d{8}T\d{6}Z\.sql\.gz is not whole\n$/);
  });
});

describe('the backup of MongoDB', () => {
  const build = (app: Application) => new MongoDatabase(app, 'database', { backup });
  const options =
    '--quiet --config=/tmp/login.yaml --host=database:27017 --username root --authenticationDatabase=admin';
  const log = (name: string) =>
    `echo "${name} $*" | sed "s|$root||g; s|[^/]*Z.archive.gz[.a-z]*|FILE|" >>$root/log`;
  const write = 'for one; do case $one in --archive=*) echo data | gzip >"${one#--archive=}" ;; esac; done';
  // As much of mongosh as the program asks of it.
  const shell = `exec node -e '
    const quit = (code) => process.exit(code);
    const Mongo = (url) => ({ getDB: (name) => ({ getCollectionNames: () => {
      require("fs").appendFileSync(process.argv[1] + "/log", url + " " + name + "\\n");
      return JSON.parse(require("fs").readFileSync(process.argv[1] + "/names", "utf8"));
    } }) });
    eval(process.argv[2]);' "$root" "$4"`;
  const programs = {
    mongodump: `${log('mongodump')}\ncat "$root/tmp/login.yaml" >>$root/log\n${write}`,
    mongorestore: log('mongorestore'),
    mongosh: shell,
  };

  test('logs in with a file, and replaces the collections that it restores', () => {
    const { run, image, made } = backupOf(build, programs);
    image.write({ names: '["system.views"]' });
    expect(run('backup')).toMatchObject({ status: 0, stderr: '' });
    expect(gunzipSync(made()).toString()).toBe('data\n');
    expect(run('restore', 'latest')).toMatchObject({ status: 0, stderr: '' });
    expect(image.read('log').split('\n')).toEqual([
      `mongodump --db=shop --gzip --archive=/data/db/FILE ${options}`,
      "password: 'it''s pa$$'",
      "mongodb://root:it's%20pa%24%24@database:27017/?authSource=admin shop",
      `mongorestore --drop --nsInclude=shop.* --gzip --archive=/data/db/FILE ${options}`,
      '',
    ]);
  });

  test('is not restored over existing collections', () => {
    const { run, image } = backupOf(build, programs);
    image.write({ names: '["system.views", "users"]' });
    run('backup');
    expect(run('restore', 'latest').stderr).toBe(
      'backup: there are data: to replace them by those of the backup, say --yes\n',
    );
  });
});
