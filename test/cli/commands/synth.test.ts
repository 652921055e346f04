import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesBelow, projectOf, stackFile, synthIn, writeFiles } from '../../support/project';
import { present } from '../../support/application';

const repository = resolve(__dirname, '../../..');
const both = "dev: docker(), live: kubernetes({ namespace: 'shop' })";
const broken = stackFile({ props: "image: 'api', port: 0" });

function shop(file = stackFile({ environments: both })): string {
  return projectOf({ 'package.json': '{"name":"raft"}', 'stacks/shop.ts': file });
}

test('dist/ of this repository is up to date', () => {
  const { stdout, stderr, exitCode } = synthIn(repository, { check: true });
  // Until a new dist/ is committed, the steps of its update are told as well.
  const differing = stderr.includes('differ from the stacks') ? stderr : '';
  expect({ differing, exitCode }).toEqual({ differing: '', exitCode: undefined });
  expect(stdout.split('\n').at(-1)).toBe('dist is up to date');
});

test('every environment of every application is written, with a list of the files', () => {
  const project = shop();
  const { stdout, thrown } = synthIn(project);
  expect(thrown).toBeUndefined();
  expect(Object.keys(filesBelow(join(project, 'dist')))).toEqual([
    '.catamaran-raft',
    'shop/dev/compose.yaml',
    'shop/live/00-application.yaml',
    'shop/live/api.yaml',
  ]);
  expect(filesBelow(join(project, 'dist'))['.catamaran-raft']).toBe(
    'shop/dev/compose.yaml\nshop/live/00-application.yaml\nshop/live/api.yaml\n',
  );
  const lines = withoutTimes(stdout).split('\n');
  expect(lines.filter((line) => !line.startsWith('  '))).toEqual([
    'shop             dev          docker        1 resources',
    'shop             live         kubernetes    8 objects',
    '',
    'Notes on shop:',
    '',
    '4 of 4 files changed in dist',
  ]);
});

test('each note is there once, with the environments that it holds for, and the components there', () => {
  const components = `new PostgresDatabase(this, 'database');
    new Backend(this, 'api', { image: 'api:1.0', port: 8000 });`;
  const managed =
    "managed: { host: 'db.example.com', addresses: ['10.20.0.0/24'], url: Secret.named('DATABASE_URL') }";
  const environments = `
    test: kubernetes({ namespace: 'test', secrets: existingSecret('shop') }),
    staging: kubernetes({ namespace: 'staging', secrets: existingSecret('shop') }),
    live: kubernetes({ namespace: 'live', secrets: existingSecret('shop'), components: { database: { ${managed} } } })`;
  const project = shop(stackFile({ components, environments }));
  const places = "staging: kubernetes({ namespace: 'b-1' }), live: kubernetes({ namespace: 'b-2' })";
  writeFiles(project, { 'stacks/blog.ts': stackFile({ name: 'blog', environments: places }) });
  expect(withoutTimes(synthIn(project).stdout)).toBe(`\
blog             staging      kubernetes    8 objects
blog             live         kubernetes    8 objects
shop             test         kubernetes   16 objects
shop             staging      kubernetes   16 objects
shop             live         kubernetes    8 objects

Notes on blog:
  processes: A pod cannot set its own limit. The podPidsLimit of its node applies
    in all environments: api

Notes on shop:
  user: Kubernetes adds 10000 to the ids, so that no user of a node has them
    in test, staging: database
  processes: A pod cannot set its own limit. The podPidsLimit of its node applies
    in test, staging: database, api
    in live: api
  secrets: A changed secret restarts nothing, because the written files contain no values: restart its readers with the command that catamaran secrets prints
    in test, staging: database

13 of 13 files changed in dist`);
  expect(withoutTimes(synthIn(project, { application: 'shop', environment: 'live' }).stdout)).toBe(`\
shop             live         kubernetes    8 objects

Notes on shop:
  processes: A pod cannot set its own limit. The podPidsLimit of its node applies
    in live: api

0 of 3 files changed in dist`);
});

/** What synth prints, without the time that each application took. */
function withoutTimes(stdout: string): string {
  return stdout.replace(/ +[\d.]+ ms$/gm, '');
}

test('a second run changes nothing', () => {
  const project = shop();
  synthIn(project);
  const before = filesBelow(join(project, 'dist'));
  expect(synthIn(project).stdout).toMatch(/^0 of 4 files changed in dist$/m);
  expect(filesBelow(join(project, 'dist'))).toEqual(before);
});

test('the same stacks give the same bytes in another folder', () => {
  const [one, other] = [shop(), shop()];
  synthIn(one);
  synthIn(other);
  expect(filesBelow(join(one, 'dist'))).toEqual(filesBelow(join(other, 'dist')));
});

test('one application in one environment is written and the others stay', () => {
  const project = shop();
  writeFiles(project, {
    'stacks/blog.ts': stackFile({ name: 'blog', environments: both.replace('shop', 'blog') }),
  });
  synthIn(project, { application: 'shop', environment: 'live' });
  expect(Object.keys(filesBelow(join(project, 'dist')))).toEqual([
    '.catamaran-raft',
    'shop/live/00-application.yaml',
    'shop/live/api.yaml',
  ]);
  synthIn(project, { application: 'blog', environment: 'dev' });
  expect(filesBelow(join(project, 'dist'))['.catamaran-raft']).toBe(
    'blog/dev/compose.yaml\nshop/live/00-application.yaml\nshop/live/api.yaml\n',
  );
});

test('--out writes to another folder', () => {
  const project = shop();
  synthIn(project, { out: 'gitops/apps' });
  expect(Object.keys(filesBelow(project))).toEqual([
    'gitops/apps/.catamaran-raft',
    'gitops/apps/shop/dev/compose.yaml',
    'gitops/apps/shop/live/00-application.yaml',
    'gitops/apps/shop/live/api.yaml',
    'package.json',
    'stacks/shop.ts',
  ]);
});

test.each([
  ['dist', ''],
  ['./dist/', ''],
  ['gitops/apps', ' --out gitops/apps'],
  ["my team's apps", String.raw` --out 'my team'\''s apps'`],
])('the heading of a file that --out %j wrote has the command that writes it', (out, option) => {
  const project = shop();
  synthIn(project, { out });
  const written = readFileSync(join(project, out, 'shop/live/api.yaml'), 'utf8').split('\n');
  const command = `npx catamaran synth shop --environment live${option}`;
  expect(written[0]).toBe(`# shop in live. Written by: ${command}`);
  const { stderr } = synthIn(shop(), { out, check: true });
  expect(stderr.split('\n').at(-1)).toBe(
    `These files in ${out} differ from the stacks: run catamaran synth${option}`,
  );
});

test('files of an environment that is gone are removed, with their empty folder', () => {
  const project = shop();
  synthIn(project);
  // A loaded module stays loaded: the changed stack has another path.
  rmSync(join(project, 'stacks/shop.ts'));
  writeFiles(project, { 'stacks/shop/index.ts': stackFile({ environments: 'dev: docker()' }) });
  expect(synthIn(project).thrown).toBeUndefined();
  expect(Object.keys(filesBelow(join(project, 'dist')))).toEqual([
    '.catamaran-raft',
    'shop/dev/compose.yaml',
  ]);
  expect(readdirSync(join(project, 'dist/shop'))).toEqual(['dev']);
});

test('files of others are never touched', () => {
  const project = shop();
  const foreign = {
    'dist/README.md': 'mine',
    'dist/shop/live/kustomization.yaml': 'mine',
    'dist/shop/old/api.yaml': 'mine',
    'dist/.catamaran-other': 'shop/old/api.yaml\n',
    'dist/.catamaran-raft': '../outside.yaml\nshop/../../outside.yaml\n',
    'outside.yaml': 'mine',
  };
  writeFiles(project, foreign);
  synthIn(project);
  const files = filesBelow(project);
  for (const [name, content] of Object.entries(foreign))
    if (name !== 'dist/.catamaran-raft') expect(files[name]).toBe(content);
});

test('a failing synth writes nothing and leaves the old output as it was', () => {
  const project = shop();
  synthIn(project);
  const before = filesBelow(join(project, 'dist'));
  writeFiles(project, { 'stacks/blog.ts': broken.replace("'shop'", "'blog'") });
  const { thrown, stdout } = synthIn(project);
  expect(thrown?.message).toBe(
    `blog/api: image is "api", which stands for api:latest, whatever that is on the day: write api:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' api prints\n` +
      'blog/api: port is 0: write a whole number from 1 to 65535',
  );
  expect(stdout).toBe('');
  expect(filesBelow(join(project, 'dist'))).toEqual(before);
});

test('a failing synth of a new project makes no folder', () => {
  const project = shop(broken);
  expect(synthIn(project).thrown?.name).toBe('IssuesError');
  expect(readdirSync(project).sort()).toEqual(['package.json', 'stacks']);
});

test('a mistake that all environments share is told once', () => {
  const project = shop(stackFile({ props: "image: 'api', port: 8000", environments: both }));
  expect(synthIn(project).thrown?.message).toBe(
    `shop/api: image is "api", which stands for api:latest, whatever that is on the day: write api:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' api prints`,
  );
});

test('--check writes nothing, names what differs and fails', () => {
  const project = shop();
  const first = synthIn(project, { check: true });
  expect(first.exitCode).toBe(1);
  expect(first.stderr.split('\n')).toEqual([
    'dist/shop/dev/compose.yaml',
    'dist/shop/live/00-application.yaml',
    'dist/shop/live/api.yaml',
    'dist/.catamaran-raft',
    'These files in dist differ from the stacks: run catamaran synth',
  ]);
  expect(readdirSync(project).sort()).toEqual(['package.json', 'stacks']);

  synthIn(project);
  const same = synthIn(project, { check: true });
  expect(same.exitCode).toBeUndefined();
  expect(same.stdout.split('\n').at(-1)).toBe('dist is up to date');

  writeFiles(project, { 'dist/shop/live/api.yaml': 'edited by hand' });
  const edited = synthIn(project, { check: true });
  expect(edited.exitCode).toBe(1);
  expect(edited.stderr).toBe(
    'dist/shop/live/api.yaml\nThese files in dist differ from the stacks: run catamaran synth',
  );
  expect(filesBelow(project)['dist/shop/live/api.yaml']).toBe('edited by hand');
});

test('no generated file holds a value of a .env file', () => {
  const project = projectOf({ 'package.json': '{"name":"raft"}' });
  cpSync(join(repository, 'stacks'), join(project, 'stacks'), {
    recursive: true,
    filter: (file) => !file.endsWith('.env'),
  });
  const names = [
    'DATABASE_PASSWORD',
    'CACHE_PASSWORD',
    'SECRET_KEY',
    'OPENAI_API_KEY',
    'GOOGLE_CLIENT_SECRET',
  ];
  for (const stack of readdirSync(join(project, 'stacks')))
    writeFiles(project, {
      [`stacks/${stack}/.env`]: names.map((name) => `${name}=planted-${name.toLowerCase()}`).join('\n'),
    });
  const { thrown, stdout, stderr } = synthIn(project);
  expect(thrown).toBeUndefined();
  const written = Object.entries(filesBelow(join(project, 'dist')));
  const texts = [...written, ['stdout', stdout], ['stderr', stderr]] as const;
  expect(texts.filter(([, text]) => text.includes('planted-')).map(([name]) => name)).toEqual([]);
  const compose = present(written.find(([name]) => name === 'eq-backend/dev/compose.yaml'))[1];
  expect(names.filter((name) => !compose.includes(name))).toEqual([]);
});
