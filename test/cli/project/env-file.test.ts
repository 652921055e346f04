import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, runBuilt, stackFile, withLibrary, writeFiles } from '../../support/project';

const environments = [
  'dev: docker({ secrets: envFile() })',
  "staging: kubernetes({ namespace: 'a', secrets: envFile(), registry: 'registry.example.com' })",
  "live: kubernetes({ namespace: 'b', secrets: generated({ others: envFile() }), registry: 'registry.example.com' })",
].join(', ');
const env = "{ KEY: Secret.named('KEY'), KEY_FILE: Secret.named('KEY').file, SALT: Secret.random('SALT') }";
const stack = (image: string) =>
  stackFile({ props: `image: ${image}, port: 8000, env: ${env}`, environments });

/** A project with the secrets of its application in a file beside it. */
function project(image: string, secrets: Readonly<Record<string, string>> = {}): string {
  return withLibrary({ 'stacks/shop/index.ts': stack(image), ...secrets });
}

function catamaran(folder: string, timeout: number, ...args: readonly string[]) {
  return runBuilt(folder, args, { timeout });
}

const commands = ['synth', 'synth --check', 'graph', 'images', 'check', 'matrix'];

describe('a file of secrets that keeps every reader waiting', () => {
  let folder = '';
  beforeAll(() => {
    folder = project("'api:1.0'");
    execFileSync('mkfifo', [join(folder, 'stacks/shop/.env')], { stdio: 'pipe' });
  });

  test.each(commands)('is not read by %s', (command) => {
    const { signal, stdout } = catamaran(folder, 30_000, ...command.split(' '));
    expect(signal).toBeNull();
    expect(stdout).not.toBe('');
  });

  test('is read by those who are to deploy', () => {
    expect(catamaran(folder, 3000, 'secrets', 'shop', '--environment', 'dev').signal).toBe('SIGTERM');
  });
});

const planted = 'planted-value-of-a-secret';
const secrets = { 'stacks/shop/.env': `KEY=${planted}\nSALT=${planted}\n` };

test('what is written and printed is the same with a file of secrets as without, and has none of them', () => {
  const all = (folder: string) => [
    ...commands.map((command) =>
      catamaran(folder, 30_000, ...command.split(' ')).stdout.replace(/ +\d+\.\d ms$/gm, ''),
    ),
    filesBelow(join(folder, 'dist')),
  ];
  const [before, after] = [project("'api:1.0'"), project("'api:1.0'", secrets)];
  writeFiles(before, { 'package.json': '{ "name": "raft" }' });
  writeFiles(after, { 'package.json': '{ "name": "raft" }' });
  const [without, beside] = [all(before), all(after)];
  expect(JSON.stringify(beside)).not.toContain(planted);
  expect(beside).toEqual(without);
});

describe('a file of secrets in the folder that an image is built from', () => {
  const built = { 'stacks/shop/Dockerfile': 'FROM alpine:3.22\nCOPY . .\n' };

  test('is refused: the image would hold it, and its tag would tell of it', () => {
    const folder = project("Image.build('.')", { ...built, ...secrets });
    expect(catamaran(folder, 30_000, 'synth').stderr).toBe(
      `stacks/shop/index.ts:6:5: shop/api: image would contain the secrets of ${folder}/stacks/shop/.env: write .env into ${folder}/stacks/shop/.dockerignore\n` +
        '1 problem; nothing was written\n',
    );
  });

  test('is no part of the image where it is ignored, and changes no tag', () => {
    const ignored = { ...built, 'stacks/shop/.dockerignore': '.env\n' };
    const folder = project("Image.build('.')", { ...ignored, ...secrets });
    expect(catamaran(folder, 30_000, 'synth')).toMatchObject({ status: 0, stderr: '' });
    rmSync(join(folder, 'stacks/shop/.env'));
    expect(catamaran(folder, 30_000, 'synth', '--check')).toMatchObject({ status: 0, stderr: '' });
  });
});
