import { notRun, runProgram, type Finished } from '../../../../constructs/target/runner';
import { resolve } from '../../../../cli/project/registry/client';
import { projectOf } from '../../../support/project';
import { fakeRunner } from '../../../support/runner';
import { digestOf, FakeRegistry, type Access } from '../../../support/registry';

const index = {
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { platform: { os: 'linux', architecture: 'amd64' } },
    { platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
    { platform: { os: 'unknown', architecture: 'unknown' } },
  ],
};
const single = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { digest: 'sha256:c0ffee' },
};
const content = {
  'team/api/manifests/1.0': index,
  'team/old/manifests/1.0': single,
  'team/old/blobs/sha256:c0ffee': { os: 'linux', architecture: 'amd64' },
  'library/nginx/manifests/1.27': index,
  'page/api/manifests/1.0': '<!DOCTYPE html><title>Sign in</title>',
  'empty/api/manifests/1.0': '',
  'other/api/manifests/1.0': { hello: 'world' },
  'list/api/manifests/1.0': [],
  'config/api/manifests/1.0': { config: { digest: '../../secret' } },
  'half/api/manifests/1.0': single,
  'half/api/blobs/sha256:c0ffee': 'no JSON',
};
const account = { username: 'ci', password: 'secret' };

let registry: FakeRegistry | undefined;
const { DOCKER_CONFIG } = process.env;

/** Starts a registry, and lets Docker's configuration have an entry for it. */
async function started(access: Access, entry: object = {}): Promise<FakeRegistry> {
  registry = new FakeRegistry(content, access);
  await registry.start();
  const auths = { [registry.host]: entry };
  process.env['DOCKER_CONFIG'] = projectOf({ 'config.json': JSON.stringify({ auths }) });
  return registry;
}

afterEach(async () => {
  await registry?.stop();
  registry = undefined;
  if (DOCKER_CONFIG === undefined) delete process.env['DOCKER_CONFIG'];
  else process.env['DOCKER_CONFIG'] = DOCKER_CONFIG;
});

const ofIndex = { digest: digestOf(index), platforms: ['linux/amd64', 'linux/arm/v7', 'linux/arm64'] };

test('an index is pinned by its own digest, with the platforms of its manifests', async () => {
  const { host } = await started({ kind: 'open' });
  expect(await resolve(`${host}/team/api:1.0`, runProgram)).toEqual(ofIndex);
});

test('the platform of a single image is in its configuration', async () => {
  const { host } = await started({ kind: 'open' });
  expect(await resolve(`${host}/team/old:1.0`, runProgram)).toEqual({
    digest: digestOf(single),
    platforms: ['linux/amd64'],
  });
});

test('a registry that gives tokens to anybody is asked for one', async () => {
  const { host, requests } = await started({ kind: 'token' });
  expect(await resolve(`${host}/team/old:1.0`, runProgram)).toMatchObject({ digest: digestOf(single) });
  expect(requests).toEqual([
    'GET /v2/team/old/manifests/1.0',
    'GET /token',
    'scope fake repository:team/old:pull',
    'GET /v2/team/old/manifests/1.0',
    'GET /v2/team/old/blobs/sha256:c0ffee',
  ]);
});

test.each<[string, Access, object]>([
  ['a password', { kind: 'basic', ...account }, account],
  ['a token that a password buys', { kind: 'token', ...account }, account],
  ['a token that an identity token buys', { kind: 'token', identity: 'me' }, { identitytoken: 'me' }],
])('a registry that wants %s is shown what docker login left', async (_, access, entry) => {
  const { host } = await started(access, entry);
  expect(await resolve(`${host}/team/api:1.0`, runProgram)).toEqual(ofIndex);
});

test('a mirror is asked in place of any registry, by the name without its host', async () => {
  const { url, requests } = await started({ kind: 'open' });
  expect(await resolve('nginx:1.27', runProgram, url)).toEqual(ofIndex);
  expect(await resolve('registry.example.com/team/api:1.0', runProgram, `${url}/`)).toEqual(ofIndex);
  expect(requests).toEqual(['GET /v2/library/nginx/manifests/1.27', 'GET /v2/team/api/manifests/1.0']);
});

describe('what cannot be had is told, with what to do', () => {
  test('a registry that wants credentials', async () => {
    const { host } = await started({ kind: 'basic', ...account });
    await expect(resolve(`${host}/team/api:1.0`, runProgram)).rejects.toThrow(
      new Error(
        `catamaran images: ${host}/team/api:1.0: http://${host}/v2/team/api/manifests/1.0 answered with status 401: ` +
          `run docker login ${host}, or use a public image`,
      ),
    );
  });

  test('a password that is wrong, which is not told', async () => {
    const { host } = await started({ kind: 'token', ...account }, { username: 'ci', password: 'wrong' });
    await expect(resolve(`${host}/team/api:1.0`, runProgram)).rejects.toThrow(
      new Error(
        `catamaran images: ${host}/team/api:1.0: http://${host}/token answered with status 401: ` +
          `run docker login ${host}, or use a public image`,
      ),
    );
  });

  test('a tag that is not there', async () => {
    const { host } = await started({ kind: 'open' });
    await expect(resolve(`${host}/team/api:2.0`, runProgram)).rejects.toThrow(
      new Error(
        `catamaran images: ${host}/team/api:2.0: http://${host}/v2/team/api/manifests/2.0 answered with status 404: ` +
          `write an image that exists on ${host}`,
      ),
    );
  });

  test.each([
    ['page/api', 'manifests/1.0'],
    ['empty/api', 'manifests/1.0'],
    ['other/api', 'manifests/1.0'],
    ['list/api', 'manifests/1.0'],
    ['config/api', 'manifests/1.0'],
    ['half/api', 'blobs/sha256:c0ffee'],
  ])('an answer that is not that of a registry: %s', async (name, path) => {
    const { host } = await started({ kind: 'open' });
    await expect(resolve(`${host}/${name}:1.0`, runProgram)).rejects.toThrow(
      new Error(
        `catamaran images: ${host}/${name}:1.0: http://${host}/v2/${name}/${path} answered with something else than ` +
          'a registry does: open this address to see what answers, or use a mirror with --registry-mirror <url>',
      ),
    );
  });

  test.each<[string, Partial<Finished>, string]>([
    [
      'is missing',
      { code: notRun, stderr: 'spawn docker-credential-nope ENOENT' },
      'docker-credential-nope cannot be started (spawn docker-credential-nope ENOENT): install docker-credential-nope, or add its folder to PATH',
    ],
    [
      'was stopped',
      { code: 137, signal: 'SIGKILL' },
      'docker-credential-nope was stopped by SIGKILL: run this command again',
    ],
    [
      'prints no JSON',
      { stdout: 'hello' },
      'docker-credential-nope printed no credentials in JSON: repair it',
    ],
    [
      'prints no credentials',
      { stdout: '{}' },
      'docker-credential-nope printed no credentials in JSON: repair it',
    ],
  ])('a credential helper that %s, only where credentials are needed', async (_, end, advice) => {
    const config = projectOf({ 'config.json': JSON.stringify({ credsStore: 'nope' }) });
    const { run } = fakeRunner(() => end);
    const { host } = await started({ kind: 'basic', ...account });
    process.env['DOCKER_CONFIG'] = config;
    await expect(resolve(`${host}/team/api:1.0`, run)).rejects.toThrow(
      new Error(
        `catamaran images: ${host}/team/api:1.0: http://${host}/v2/team/api/manifests/1.0 answered with status 401: ` +
          `${advice}, or remove it from Docker's config.json and run docker login`,
      ),
    );
    await registry?.stop();
    const open = await started({ kind: 'token' });
    process.env['DOCKER_CONFIG'] = config;
    expect(await resolve(`${open.host}/team/api:1.0`, run)).toEqual(ofIndex);
  });

  test('a registry that is not there', async () => {
    const { host } = await started({ kind: 'open' });
    await registry?.stop();
    await expect(resolve(`${host}/team/api:1.0`, runProgram)).rejects.toThrow(
      new Error(
        `catamaran images: ${host}/team/api:1.0: http://${host}/v2/team/api/manifests/1.0 cannot be reached (ECONNREFUSED): ` +
          'use a registry that answers, or a mirror with --registry-mirror <url>',
      ),
    );
    registry = undefined;
  });
});
