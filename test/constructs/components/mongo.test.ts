import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  Backend,
  backupVolume,
  MongoDatabase,
  Schedule,
  Size,
  type Application,
  type EnvironmentSpec,
  type MongoDatabaseProps,
} from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  present,
  workloadOfApp,
} from '../../support/application';
import { FakeImage } from '../../support/fake-image';
import { variable } from '../../support/variable';

const build = (props: MongoDatabaseProps) => (app: Application) => {
  const database = new MongoDatabase(app, 'database', props);
  new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.url } });
};
const workload = (props: MongoDatabaseProps) => workloadOfApp('database', build(props));
const urlOf = (props: MongoDatabaseProps, place: EnvironmentSpec = onDocker) =>
  variable(present(modelOfApp(build(props), place).workloads.find(({ name }) => name === 'api')), 'URL');
const noPassword = { reason: 'the data is public' };
const backup = { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) };

describe('a replica set of one member', () => {
  const set = { replicaSet: true };

  test('has a URL that names it, and a key as a secret', () => {
    expect(urlOf(set)).toBe(
      'mongodb://root:<DATABASE_PASSWORD>@database:27017/shop?authSource=admin&replicaSet=rs0',
    );
    const { secrets, randomSecrets } = modelOfApp(build(set));
    expect(secrets).toEqual(['DATABASE_PASSWORD', 'DATABASE_REPLICA_KEY']);
    expect(randomSecrets).toEqual(['DATABASE_PASSWORD', 'DATABASE_REPLICA_KEY']);
    expect(workload(set).secretFiles).toEqual([
      {
        path: '/run/secrets/database',
        files: { password: 'DATABASE_PASSWORD', 'replica-key': 'DATABASE_REPLICA_KEY' },
      },
    ]);
  });

  test('reaches itself by the name that clients use', () => {
    expect(workload(set).ownName).toBe('itself');
    expect(workload({}).ownName).toBe('service');
    const backedUp = workloadOfApp('database-backup', build({ ...set, backup }));
    expect(backedUp.ownName).toBe('service');
  });

  test('is ready when its member takes writes', () => {
    const script = (hello: string, name: string) =>
      `const { setName, ${name} } = ${hello}; quit(setName && ${name} ? 0 : 1)`;
    const asked = (image: string) => workload({ ...set, image });
    const command = ['mongosh', '--quiet', '--host', '127.0.0.1', '--eval'];
    expect(asked('mongo:7.0').readiness).toMatchObject({
      check: { command: [...command, script('db.hello()', 'isWritablePrimary')] },
    });
    expect(asked('mongo:7.0').gate).toMatchObject({
      check: { command: [...command.with(3, 'database'), script('db.hello()', 'isWritablePrimary')] },
    });
    expect(asked('mongo:4.2.0').readiness).toMatchObject({
      check: { command: [...command.with(0, 'mongo'), script('db.isMaster()', 'ismaster')] },
    });
  });

  test('of a managed service has the name that the service gives it', () => {
    const components = { database: { managed: { host: 'db.example.com' } } };
    expect(urlOf(set, { ...onKubernetes, components })).toBe(
      'mongodb://root:<DATABASE_PASSWORD>@db.example.com:27017/shop?authSource=admin&tls=true',
    );
  });

  test('without a password has no key', () => {
    expect(urlOf({ ...set, noPassword })).toBe('mongodb://database:27017/shop?replicaSet=rs0');
    expect(modelOfApp(build({ ...set, noPassword })).secrets).toEqual([]);
  });

  test('without a password cannot run scripts', () => {
    expect(issuesOfApp(build({ ...set, noPassword, init: { '1.js': 'db.a.insertOne({})' } }))).toEqual([
      'shop/database: init is not possible in a replica set without a password, because the image runs the scripts before ' +
        'the set is there: write no noPassword, or a Migration instead of init',
    ]);
  });
});

/** As much of a shell as the program asks of it; `answers` are what the server answers, one for each try. */
const shell = (answers: string) => `exec node -e '
  const fs = require("fs");
  const [root, program, log] = [process.argv[1], process.argv[2], process.argv[1] + "/log"];
  const left = fs.existsSync(root + "/left") ? JSON.parse(fs.readFileSync(root + "/left", "utf8")) : ${answers};
  const quit = (code) => process.exit(code);
  const cat = (file) => fs.readFileSync(file, "utf8");
  const connect = (url) => ({ adminCommand: (command) => {
    fs.appendFileSync(log, url + " " + JSON.stringify(command) + "\\n");
    const answer = left.shift();
    fs.writeFileSync(root + "/left", JSON.stringify(left));
    if (answer.ok === 1) return answer;
    throw Object.assign(new Error(answer.codeName), answer);
  } });
  eval(program);' "$root" "$4"`;

describe('the start of a replica set', () => {
  function start(props: MongoDatabaseProps, name: string, answers: string) {
    const { files } = workload({ replicaSet: true, ...props });
    const folder = '/run/secrets/database';
    const image = new FakeImage(
      { 'docker-entrypoint.sh': 'echo "$@" | sed "s|$root||"', [name]: shell(answers) },
      { [`${folder}/replica-key`]: 'a key\n', [`${folder}/password`]: "it's pa$$\n", '/tmp/replica.key': '' },
    );
    const script = present(present(files.find(({ path }) => path === '/opt/catamaran')).files['start.sh']);
    return { image, ended: image.run(['sh', '-c', script, 'start.sh', ...(props.args ?? [])]) };
  }
  const command = '{"replSetInitiate":{"_id":"rs0","members":[{"_id":0,"host":"database:27017"}]}}';
  const said = 'the replica set rs0 has its member database:27017\n';
  const there = '[{ codeName: "NoReplicationEnabled" }, { ok: 1 }]';

  test('initiates it as soon as the server knows of replica sets', () => {
    const { image, ended } = start({ args: ['--wiredTigerCacheSizeGB', '1'] }, 'mongosh', there);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout.split('\n').sort().join('\n')).toBe(
      `\nmongod --replSet rs0 --keyFile /tmp/replica.key --wiredTigerCacheSizeGB 1\n${said.trim()}`,
    );
    const url = "mongodb://root:it's%20pa%24%24@127.0.0.1:27017/admin?authSource=admin&directConnection=true";
    expect(image.read('log')).toBe(`${url} ${command}\n`.repeat(2));
  });

  test('makes a key that mongod takes, in a file that nobody else reads', () => {
    const { image } = start({}, 'mongosh', '[{ ok: 1 }]');
    expect(image.read('/tmp/replica.key')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test('leaves a set alone that is there', () => {
    const { image, ended } = start({}, 'mongosh', '[{ codeName: "AlreadyInitialized" }]');
    expect(ended.stdout).toContain(said);
    expect(image.read('log').split('\n')).toHaveLength(2);
  });

  test('does the same with the shell of older images', () => {
    const { image, ended } = start({ image: 'mongo:4.4' }, 'mongo', there);
    expect(ended.stdout).toContain(said);
    const url = "mongodb://root:it's%20pa%24%24@127.0.0.1:27017/admin?authSource=admin";
    expect(image.read('log')).toBe(`${url} ${command}\n`.repeat(2));
  });

  test('without a password needs none', () => {
    const { image, ended } = start({ noPassword }, 'mongosh', '[{ ok: 1 }]');
    expect(ended.stdout).toContain('mongod --replSet rs0\n');
    expect(image.read('log')).toBe(
      `mongodb://127.0.0.1:27017/admin?authSource=admin&directConnection=true ${command}\n`,
    );
  });

  test('keeps the key from others', () => {
    const image = new FakeImage({}, { '/secret': 'a', '/tmp/replica.key': '' });
    const { files } = workload({ replicaSet: true });
    const script = present(files.at(-1)?.files['start.sh']);
    const [first = ''] = script.split('\n');
    image.run(['sh', '-c', `rm -f /tmp/replica.key; ${first.replace(/<\S+/, '</secret')}`]);
    expect(statSync(join(image.root, '/tmp/replica.key')).mode & 0o777).toBe(0o600);
  });
});

describe('images', () => {
  test.each([
    ['mongo:4.2.0', 'mongo'],
    ['mongo:4.4', 'mongo'],
    ['mongo:5', 'mongosh'],
    ['mongo:8.0-noble', 'mongosh'],
    ['mongo:latest', 'mongosh'],
    [`mongo@sha256:${'a'.repeat(64)}`, 'mongosh'],
    ['registry.example.com/library/mongo:4.4.29', 'mongo'],
  ])('%s is asked with %s', (image, program) => {
    const { readiness, gate } = workload({ image });
    const ping = (host: string) => [
      program,
      '--quiet',
      '--host',
      host,
      '--eval',
      "db.adminCommand('ping').ok",
    ];
    expect(readiness).toMatchObject({ check: { command: ping('127.0.0.1') } });
    expect(gate).toMatchObject({ check: { command: ping('database') } });
  });

  test('an image that does not tell its version is asked as the stack says', () => {
    const { readiness } = workload({ image: 'registry.example.com/data:1', version: '4.4' });
    expect(readiness).toMatchObject({ check: { command: expect.arrayContaining(['mongo']) } });
  });

  test('the tools of an image before 4.4 read no file with a password', () => {
    expect(issuesOfApp(build({ image: 'mongo:4.2.0', backup }))).toEqual([
      'shop/database: backup is not possible with mongo:4.2.0, because its tools take the password as an argument only, ' +
        'which process lists show: write mongo:4.4 or newer, or no backup',
    ]);
    expect(workloadOfApp('database-backup', build({ image: 'mongo:4.4', backup })).run).toBe('scheduled');
  });

  test('an image with other variables is refused', () => {
    expect(issuesOfApp(build({ image: 'bitnami/mongodb:7.0' }))).toEqual([
      'shop/database: image is "bitnami/mongodb:7.0": write mongo:7.0, because this image has other variables and folders ' +
        'than the official one; or run it as a Backend with volumes',
    ]);
  });
});

describe('without a password', () => {
  test('the URL has neither a user nor where it is known', () => {
    expect(urlOf({ noPassword })).toBe('mongodb://database:27017/shop');
    expect(workload({ noPassword }).variables).toEqual({ MONGO_INITDB_DATABASE: ['shop'] });
  });

  test('the backup logs in nowhere', () => {
    const { files } = workloadOfApp('database-backup', build({ noPassword, backup }));
    const script = present(files[0]?.files['backup.sh']);
    expect(script).toContain('tool() { "$@" --quiet --host="$host"; }');
    expect(script).toContain(
      'const names = new Mongo("mongodb://database:27017").getDB("shop").getCollectionNames();',
    );
  });
});

test.each([
  [['--replSet', 'rs1'], '--replSet', 'the prop replicaSet: true'],
  [['--keyFile=/k'], '--keyFile=/k', 'the prop replicaSet: true, which makes a key as a secret'],
  [
    ['--bind_ip_all'],
    '--bind_ip_all',
    'no address, because it listens at every address, and only components that refer to it can connect',
  ],
])('the argument %j is told what to write', (args, shown, write) => {
  expect(issuesOfApp(build({ args }))).toEqual([
    `shop/database: args has ${shown}, which is not possible here: write ${write}`,
  ]);
});
