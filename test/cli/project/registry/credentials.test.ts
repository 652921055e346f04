import { runProgram } from '../../../../constructs/target/runner';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { askingOnce, credentialsFor } from '../../../../cli/project/registry/credentials';
import { projectOf } from '../../../support/project';
import { fakeRunner } from '../../../support/runner';

const { DOCKER_CONFIG, PATH } = process.env;

afterEach(() => {
  if (DOCKER_CONFIG === undefined) delete process.env['DOCKER_CONFIG'];
  else process.env['DOCKER_CONFIG'] = DOCKER_CONFIG;
  process.env['PATH'] = PATH;
});

/** Lets Docker's configuration be this one. */
function configured(config: object): void {
  process.env['DOCKER_CONFIG'] = projectOf({ 'config.json': JSON.stringify(config) });
}

const auth = Buffer.from('ci:a:b').toString('base64');

test('no configuration is no credentials', async () => {
  process.env['DOCKER_CONFIG'] = projectOf({});
  expect(await credentialsFor('registry.example.com', runProgram)).toEqual({ kind: 'none' });
});

test.each<[string, string, object]>([
  ['what docker login writes', 'registry.example.com', { 'registry.example.com': { auth } }],
  ['an address as the key', 'registry.example.com', { 'https://registry.example.com': { auth } }],
  ['the key of Docker Hub', 'docker.io', { 'https://index.docker.io/v1/': { auth } }],
  ['a name and a password', 'a:5000', { 'a:5000': { username: 'ci', password: 'a:b' } }],
])('%s is read', async (_, registry, auths) => {
  configured({ auths });
  expect(await credentialsFor(registry, runProgram)).toEqual({
    kind: 'password',
    username: 'ci',
    password: 'a:b',
  });
});

test('an identity token is told from a password', async () => {
  configured({ auths: { 'registry.example.com': { auth, identitytoken: 'token' } } });
  expect(await credentialsFor('registry.example.com', runProgram)).toEqual({ kind: 'token', token: 'token' });
});

test('what is kept for another registry is not shown', async () => {
  configured({ auths: { 'registry.example.com': { auth } } });
  expect(await credentialsFor('registry.example.org', runProgram)).toEqual({ kind: 'none' });
});

test.each([
  ['credsStore', { credsStore: 'test', auths: { 'registry.example.com': {} } }],
  ['credHelpers', { credHelpers: { 'registry.example.com': 'test' } }],
])('a helper of %s is asked', async (_, config) => {
  const helpers = projectOf({
    'docker-credential-test': `#!/bin/sh
read -r server
[ "$1 $server" = 'get registry.example.com' ] || { echo 'credentials not found'; exit 1; }
echo '{"Username":"ci","Secret":"a:b"}'
`,
  });
  chmodSync(join(helpers, 'docker-credential-test'), 0o755);
  process.env['PATH'] = `${helpers}:${PATH}`;
  configured(config);
  expect(await credentialsFor('registry.example.com', runProgram)).toEqual({
    kind: 'password',
    username: 'ci',
    password: 'a:b',
  });
  expect(await credentialsFor('registry.example.org', runProgram)).toEqual({ kind: 'none' });
});

test.each(['{ "auths": { "a": { "auth": "c2VjcmV0', '', '[]', 'null'])(
  'a configuration that is %j is told with its file, and without what may be secret',
  async (text) => {
    const folder = projectOf({ 'config.json': text });
    process.env['DOCKER_CONFIG'] = folder;
    await expect(credentialsFor('registry.example.com', runProgram)).rejects.toThrow(
      new Error(
        `${folder}/config.json: this file is not an object in JSON: correct it, or delete it and run docker login again`,
      ),
    );
  },
);

test.each([
  { auths: null },
  { auths: { 'a:5000': null } },
  { credHelpers: [], credsStore: '' },
  { auths: 5 },
])('a configuration with nothing in it has no credentials: %j', async (config) => {
  configured(config);
  expect(await credentialsFor('a:5000', runProgram)).toEqual({ kind: 'none' });
});

test('a helper is asked once about each registry, for as many images as there are', async () => {
  configured({ credsStore: 'test' });
  const { run, calls, inputs } = fakeRunner(() => '{"Username":"ci","Secret":"a:b"}');
  const once = askingOnce(run);
  const found = { kind: 'password', username: 'ci', password: 'a:b' };
  for (const registry of ['a.example.com', 'b.example.com', 'a.example.com'])
    expect(await credentialsFor(registry, once)).toEqual(found);
  expect(calls).toEqual(['docker-credential-test get', 'docker-credential-test get']);
  expect(inputs).toEqual(['a.example.com', 'b.example.com']);
});
