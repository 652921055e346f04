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
  const image = new FakeImage(programs, { [password]: "it's pa$$\n", [`${folder}/notes.txt`]: '' });
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
