import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../cli/commands/check';
import { newStack } from '../../../cli/commands/new';
import { filesBelow, projectOf, runIn, synthIn, type Outcome } from '../../support/project';

const manifest = { 'package.json': '{ "name": "raft" }' };

function newIn(project: string, application?: string, owner?: string): Outcome {
  return runIn(project, newStack, { application, owner });
}

test('a stack, its test, and what a project has once are written, and synth takes them', () => {
  const project = projectOf(manifest);
  const { stdout, thrown } = newIn(project, 'web-shop');
  expect(thrown).toBeUndefined();
  const files = [
    '.gitignore',
    'package.json',
    'stacks/web-shop/application.ts',
    'stacks/web-shop/backend/.dockerignore',
    'stacks/web-shop/backend/Dockerfile',
    'stacks/web-shop/backend/server.js',
    'stacks/web-shop/environments.ts',
    'stacks/web-shop/index.ts',
    'test/web-shop.test.ts',
    'tsconfig.json',
  ];
  expect(Object.keys(filesBelow(project))).toEqual(files);
  expect(stdout.split('\n\nNext:\n')).toEqual([
    expect.stringContaining('stacks/web-shop/application.ts\n'),
    [
      '  npx catamaran synth web-shop',
      '  node --require catamaran/register --test test/web-shop.test.ts',
      '  docker compose -f dist/web-shop/dev/compose.yaml up --detach --wait && curl http://localhost:8080/',
      '',
      "web-shop has no owner yet. Write { owner: { email: 'team@example.com' } } into the props in stacks/web-shop/application.ts, so that others know whom to ask.",
    ].join('\n'),
  ]);
  expect(JSON.stringify(filesBelow(project))).not.toMatch(/starter/i);
  expect(filesBelow(project)['stacks/web-shop/application.ts']).toContain('export class WebShopApplication ');
  expect(synthIn(project).thrown).toBeUndefined();
  expect(readdirSync(join(project, 'dist/web-shop')).sort()).toEqual(['dev', 'production']);
});

test('a new project with an owner passes every policy, and says what is excused', () => {
  const project = projectOf(manifest);
  const { stdout, thrown } = newIn(project, 'shop', 'a.b+shop@mail.example.com');
  expect(thrown).toBeUndefined();
  expect(stdout).toMatch(/ && curl http:\/\/localhost:8080\/$/);
  expect(filesBelow(project)['stacks/shop/application.ts']).toContain(
    "    super('shop', environment, {\n      folder: __dirname,\n      owner: { email: 'a.b+shop@mail.example.com' },\n    });\n",
  );
  const checked = runIn(project, check);
  expect(checked).toMatchObject({ stderr: '', exitCode: undefined, thrown: undefined });
  expect(checked.stdout.split('\n').slice(3)).toEqual([
    'Advice:',
    "guaranteed-resources: requests less cpu than its limit: write qualityOfService: 'guaranteed' in the environment, if the difference must be reserved",
    '  shop (production): backend, proxy',
    '',
    'Excused:',
    'pinned-images: images are pinned after the first build --push and images --pin',
    '  shop (production)',
  ]);
});

test('one without an owner gets advice, and passes', () => {
  const project = projectOf(manifest);
  newIn(project, 'shop');
  const { stdout, stderr, exitCode } = runIn(project, check);
  expect(stdout.split('\n').slice(3, 6)).toEqual([
    'Advice:',
    "responsible-owner: owner.email is missing: write owner: { email: 'team@example.com' } in the props of the application",
    '  shop (dev, production)',
  ]);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: undefined });
});

test.each(['', 'team', "o'brien@example.com", 'a b@example.com', 'team@example', 'a@b.c\n'])(
  'an owner of the address %j is refused, and nothing is written',
  (owner) => {
    const project = projectOf(manifest);
    expect(newIn(project, 'shop', owner).thrown?.message).toBe(
      `catamaran new: --owner is ${JSON.stringify(owner)}: write an address, such as team@example.com`,
    );
    expect(readdirSync(project)).toEqual(['package.json']);
  },
);

test('a second stack has a port of its own, and leaves what is there', () => {
  const project = projectOf({ ...manifest, 'tsconfig.json': '{}', '.gitignore': 'mine\n' });
  newIn(project, 'shop');
  newIn(project, 'blog');
  const files = filesBelow(project);
  expect(files['stacks/shop/application.ts']).toContain('publish: 8080');
  expect(files['stacks/blog/application.ts']).toContain('publish: 8081');
  expect(files['test/shop.test.ts']).toContain("['proxy: 8080 on a load balancer']");
  expect(files['test/blog.test.ts']).toContain("['proxy: 8081 on a load balancer']");
  expect([files['tsconfig.json'], files['.gitignore']]).toEqual(['{}', 'mine\n']);
  expect(synthIn(project).thrown).toBeUndefined();
});

test.each([
  ['{ "devDependencies": { "jest": "30.0.0" } }', '@jest/globals', '\ntest(', 'npx jest test/shop.test.ts'],
  ['{ "devDependencies": { "vitest": "3.0.0" } }', 'vitest', '\ntest(', 'npx vitest run test/shop.test.ts'],
  ['{}', 'node:test', '\nvoid test(', 'node --require catamaran/register --test test/shop.test.ts'],
])('the test of a stack in the project %s runs there', (json, module, call, command) => {
  const project = projectOf({ 'package.json': json });
  expect(newIn(project, 'shop').stdout).toContain(`  ${command}\n`);
  const text = filesBelow(project)['test/shop.test.ts'];
  expect(text).toContain(`import { test } from '${module}';\n`);
  expect(text).toContain(call);
});

const label = 'only lower-case letters, digits and - are allowed';

test.each<[string, string | undefined, string]>([
  ['no name', undefined, 'is missing: write catamaran new <application>'],
  ['an empty name', '', 'is "": write a name, such as shop'],
  ['a name in capitals', 'Shop', `is "Shop": write shop: ${label}`],
  ['a way out of the folder', '../shop', `is "../shop": write shop: ${label}`],
  [
    'a name that leaves no room',
    'a'.repeat(30),
    `is "${'a'.repeat(30)}": write a name that is 3 characters shorter`,
  ],
])('%s is refused, and nothing is written', (_, name, message) => {
  const project = projectOf(manifest);
  expect(newIn(project, name).thrown?.message).toBe(`catamaran new: application ${message}`);
  expect(readdirSync(project)).toEqual(['package.json']);
});

test('the longest name that is taken is one that synth takes', () => {
  const project = projectOf(manifest);
  expect(newIn(project, 'a'.repeat(27)).thrown).toBeUndefined();
  expect(synthIn(project).thrown).toBeUndefined();
});

test.each(['stacks/shop/notes.md', 'stacks/shop.ts', 'test/shop.test.ts'])(
  'a name is taken where %s is there',
  (file) => {
    const before = { ...manifest, [file]: 'mine' };
    const project = projectOf(before);
    const path = file.replace('/notes.md', '');
    expect(newIn(project, 'shop').thrown?.message).toBe(
      `catamaran new: application is "shop": write another name, because ${path} exists`,
    );
    expect(filesBelow(project)).toEqual(before);
  },
);

test('outside of a project nothing is written', () => {
  const project = projectOf({});
  expect(newIn(project, 'shop').thrown?.message).toBe(
    'catamaran new: package.json is missing: run npm init -y && npm install catamaran first',
  );
  expect(readdirSync(project)).toEqual([]);
});
