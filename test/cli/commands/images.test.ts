import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { images } from '../../../cli/commands/images';
import { digestOf, FakeRegistry } from '../../support/registry';
import {
  projectOf,
  runAsyncIn,
  stackFile,
  synthIn,
  writeFiles,
  type InputOf,
  type Outcome,
} from '../../support/project';

const index = { manifests: [{ platform: { os: 'linux', architecture: 'amd64' } }] };
const newer = { manifests: [{ platform: { os: 'linux', architecture: 'arm64' } }] };
const old = `sha256:${'0'.repeat(64)}`;
const mirror = new FakeRegistry({
  'library/api/manifests/1.0': index,
  'library/web/manifests/2.0': newer,
});

beforeAll(() => mirror.start());
afterAll(() => mirror.stop());

/** Two applications, one of which runs in two environments. */
function project(lock: Readonly<Record<string, string>> = {}): string {
  const pins = Object.entries(lock).map(([name, digest]) => [name, { digest, platforms: [] }]);
  return projectOf({
    'stacks/shop.ts': stackFile({ environments: "dev: docker(), live: kubernetes({ namespace: 'shop' })" }),
    'stacks/site.ts': stackFile({ name: 'site', props: "image: 'web:2.0', port: 8000" }),
    ...(pins.length > 0 && {
      'images.lock.json': JSON.stringify({ version: 1, images: Object.fromEntries(pins) }),
    }),
  });
}

function list(folder: string, given: InputOf<typeof images> = {}): Promise<Outcome> {
  return runAsyncIn(folder, images, { ...(given.pin === true && { registryMirror: mirror.url }), ...given });
}

function pinned(folder: string): Record<string, string> {
  const { images: pins } = JSON.parse(readFileSync(join(folder, 'images.lock.json'), 'utf8')) as {
    images: Record<string, { digest: string }>;
  };
  return Object.fromEntries(Object.entries(pins).map(([name, { digest }]) => [name, digest]));
}

test('every image is listed once, with its digest and everything that uses it', async () => {
  const folder = projectOf({
    'stacks/shop/index.ts': stackFile({
      environments:
        "dev: docker(), live: kubernetes({ namespace: 'shop', registry: 'registry.example.com' })",
      props: "image: Image.build('.'), port: 8000",
    }),
    'stacks/shop/Dockerfile': 'FROM scratch\n',
    'stacks/site.ts': stackFile({ name: 'site', props: "image: 'web:2.0', port: 8000" }),
    'stacks/solid.ts': stackFile({ name: 'solid', props: `image: 'web@${old}', port: 8000` }),
    'images.lock.json': JSON.stringify({ version: 1, images: { 'web:2.0': { digest: old, platforms: [] } } }),
  });
  const { stdout } = await list(folder);
  expect(
    stdout.split('\n').map((line) => line.replace(/(?<=shop:)[0-9a-f]{12}/, '…').split(/ {2,}/)),
  ).toEqual([
    ['registry.example.com/shop:…', 'built', 'not pinned', 'shop/api (live)'],
    ['shop:…', 'built', 'not pinned', 'shop/api (dev)'],
    ['web:2.0', 'pulled', old, 'site/api (dev)'],
    [`web@${old}`, 'pulled', 'by digest', 'solid/api (dev)'],
  ]);
});

test('--pin pins what is not pinned, keeps what is, and drops what nothing uses', async () => {
  const folder = project({ 'web:2.0': old, 'gone:1.0': old });
  const { stdout } = await list(folder, { pin: true });
  expect(pinned(folder)).toEqual({ 'api:1.0': digestOf(index), 'web:2.0': old });
  expect(stdout.split('\n').at(-1)).toBe('2 of 2 pins changed in images.lock.json');
});

test('--pin --update asks for all anew', async () => {
  const folder = project({ 'web:2.0': old });
  await list(folder, { pin: true, update: true });
  expect(pinned(folder)).toEqual({ 'api:1.0': digestOf(index), 'web:2.0': digestOf(newer) });
});

test('--pin of one application leaves the pins of others', async () => {
  const folder = project({ 'web:2.0': old, 'other:1.0': old });
  await list(folder, { application: 'shop', pin: true });
  expect(pinned(folder)).toEqual({ 'api:1.0': digestOf(index), 'other:1.0': old, 'web:2.0': old });
});

test('where one registry does not tell, every such image is told and nothing is written', async () => {
  const folder = project();
  writeFiles(folder, {
    'stacks/one.ts': stackFile({ name: 'one', props: "image: 'one:1', port: 8000" }),
    'stacks/two.ts': stackFile({ name: 'two', props: "image: 'two:2', port: 8000" }),
  });
  const { thrown } = await list(folder, { pin: true });
  const host = mirror.url.slice('http://'.length);
  expect(thrown?.message).toBe(
    [
      `catamaran images: one:1: ${mirror.url}/v2/library/one/manifests/1 answered with status 404: write an image that exists on ${host}`,
      `catamaran images: two:2: ${mirror.url}/v2/library/two/manifests/2 answered with status 404: write an image that exists on ${host}`,
    ].join('\n'),
  );
  expect(() => pinned(folder)).toThrow('ENOENT');
});

describe('synth', () => {
  test('runs what is pinned by digest, on both targets, and asks nobody', () => {
    const folder = project({ 'api:1.0': old, 'web:2.0': old });
    const asked = mirror.requests.length;
    expect(synthIn(folder)).toMatchObject({ stderr: '', thrown: undefined });
    expect(mirror.requests).toHaveLength(asked);
    for (const file of ['shop/dev/compose.yaml', 'shop/live/api.yaml'])
      expect(readFileSync(join(folder, 'dist', file), 'utf8')).toContain(`image: api:1.0@${old}\n`);
  });

  const notice =
    'images.lock.json: images has a pin for "gone:1.0", which no application uses: remove it with npx catamaran images --pin';

  test('tells of a pin that nothing uses, and fails on it with --check alone', () => {
    const folder = project({ 'gone:1.0': old });
    const { stderr, exitCode } = synthIn(folder);
    expect({ stderr, exitCode }).toEqual({ stderr: notice, exitCode: undefined });
    const checked = synthIn(folder, { check: true });
    expect({ stderr: checked.stderr, exitCode: checked.exitCode }).toEqual({ stderr: notice, exitCode: 1 });
  });

  test('of one application knows nothing of the pins of others', () => {
    const folder = project({ 'web:2.0': old });
    expect(synthIn(folder, { application: 'shop', check: true }).stderr).not.toContain('images.lock.json');
  });
});
