import { join } from 'node:path';
import { Backend, docker, kubernetes, sealedSecrets, Secret, sops } from 'catamaran';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { issuesOfApp, modelOfApp, planOfApp, type Build } from '../../support/application';
import { projectOf } from '../../support/project';

const build: Build = (app) =>
  new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: Secret.variables('API_KEY', 'TOKEN') });

const sealedPlace = kubernetes({ namespace: 'shop', secrets: sealedSecrets({ file: 'sealed.yaml' }) });
const sopsPlace = kubernetes({ namespace: 'shop', secrets: sops({ file: 'secrets.yaml' }) });
const sopsOnDocker = (file: string) => docker({ secrets: sops({ file }) });

const sealed = (metadata: string, data = 'API_KEY: AgA1\n    TOKEN: AgB2') =>
  `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: ${metadata}\nspec:\n  encryptedData:\n    ${data}\n`;
const secret = (metadata: string, key = 'ENC[AES256_GCM,data:a]') =>
  `apiVersion: v1\nstringData:\n  API_KEY: ${key}\n  TOKEN: ENC[AES256_GCM,data:b]\nkind: Secret\nmetadata: ${metadata}\n` +
  'sops:\n  mac: ENC[AES256_GCM,data:c]\n';
const ours = '{ name: shop-secrets, namespace: shop }';

function issues(place: EnvironmentSpec, files: Readonly<Record<string, string>>): string[] {
  const folder = projectOf(files);
  return issuesOfApp(build, place, { folder }).map((issue) => issue.replaceAll(folder, '/apps/shop'));
}

test('sealed values are read by name', () => {
  const folder = projectOf({ 'sealed.yaml': sealed(ours) });
  expect(modelOfApp(build, sealedPlace, { folder }).encrypted).toEqual({
    kind: 'sealed',
    values: { API_KEY: 'AgA1', TOKEN: 'AgB2' },
    annotations: {},
  });
});

test('what is sealed for a namespace or a cluster may have another name', () => {
  const scope = 'sealedsecrets.bitnami.com';
  const namespaceWide = `{ name: a, namespace: shop, annotations: { ${scope}/namespace-wide: "true" } }`;
  const clusterWide = `{ name: a, namespace: b, annotations: { ${scope}/cluster-wide: "true", other: x } }`;
  const annotations = [namespaceWide, clusterWide].map((metadata) => {
    const { encrypted } = planOfApp(build, sealedPlace, {
      folder: projectOf({ 'sealed.yaml': sealed(metadata) }),
    }).model;
    return encrypted.kind === 'sealed' ? encrypted.annotations : undefined;
  });
  expect(annotations).toEqual([
    { [`${scope}/namespace-wide`]: 'true' },
    { [`${scope}/cluster-wide`]: 'true' },
  ]);
});

test.each([
  ['YAML', 'secrets.yaml', 'API_KEY: ENC[a]\nTOKEN: ENC[b]\nsops:\n  version: 3.9.4\n'],
  ['JSON', 'secrets.json', '{ "API_KEY": "ENC[a]", "TOKEN": "ENC[b]", "sops": {} }'],
  ['lines of NAME=value', 'secrets.env', 'API_KEY=ENC[a]\nTOKEN=ENC[b]\nsops_version=3.9.4\n'],
])('what SOPS has encrypted is read by name: %s', (_, file, content) => {
  const { encrypted } = modelOfApp(build, sopsOnDocker(file), { folder: projectOf({ [file]: content }) });
  expect(encrypted).toMatchObject({ kind: 'sops', values: { API_KEY: 'ENC[a]', TOKEN: 'ENC[b]' } });
});

test('a Secret of SOPS is kept as it is, in its order, which its checksum covers', () => {
  const folder = projectOf({ 'secrets.yaml': secret(ours) });
  const { encrypted } = modelOfApp(build, sopsPlace, { folder });
  if (encrypted.kind !== 'sops-secret') throw new Error(encrypted.kind);
  expect(encrypted.values).toEqual({ API_KEY: 'ENC[AES256_GCM,data:a]', TOKEN: 'ENC[AES256_GCM,data:b]' });
  expect(Object.keys(encrypted.object)).toEqual(['apiVersion', 'stringData', 'kind', 'metadata', 'sops']);
});

test('all secrets that the file lacks are reported together', () => {
  const write = (file: string) =>
    `is missing: write it into /apps/shop/${file}; catamaran secrets shop --environment dev shows how`;
  expect(issues(sealedPlace, { 'sealed.yaml': sealed(ours, 'OTHER: AgC3') })).toEqual([
    `shop (dev): secret API_KEY ${write('sealed.yaml')}`,
    `shop (dev): secret TOKEN ${write('sealed.yaml')}`,
  ]);
  expect(issues(sealedPlace, {})).toHaveLength(2);
  expect(issues(sopsPlace, {})).toEqual([
    `shop (dev): secret API_KEY ${write('secrets.yaml')}`,
    `shop (dev): secret TOKEN ${write('secrets.yaml')}`,
  ]);
});

test('what is encrypted for another place is refused', () => {
  expect(issues(sealedPlace, { 'sealed.yaml': sealed('{ name: other, namespace: shop }') })).toEqual([
    'shop (dev): secrets /apps/shop/sealed.yaml is encrypted for the name "other": write name: ' +
      'shop-secrets in its metadata, and encrypt it again',
  ]);
  expect(issues(sopsPlace, { 'secrets.yaml': secret('{ name: shop-secrets, namespace: b }') })).toEqual([
    'shop (dev): secrets /apps/shop/secrets.yaml is encrypted for the namespace "b": write namespace: ' +
      'shop in its metadata, and encrypt it again',
  ]);
});

test.each([
  [
    'another kind',
    sealedPlace,
    'sealed.yaml',
    'kind: Secret',
    'is not a SealedSecret: write kind: SealedSecret',
  ],
  [
    'no mapping',
    sealedPlace,
    'sealed.yaml',
    '[',
    'cannot be read: write YAML, JSON or, for SOPS, NAME=value',
  ],
  [
    'no Secret',
    sopsPlace,
    'secrets.yaml',
    'API_KEY: ENC[a]\nsops: {}',
    'is not a Secret: write kind: Secret, apiVersion: v1, a name and a namespace',
  ],
  [
    'a Secret in the clear',
    sopsPlace,
    'secrets.yaml',
    secret(ours).replace(/^sops:[^]*/m, ''),
    'is not encrypted: write the output of sops --encrypt',
  ],
  [
    'a Secret with one value in the clear',
    sopsPlace,
    'secrets.yaml',
    secret(ours, 'planted'),
    "has values that are not encrypted: write the output of sops --encrypt --encrypted-regex '^(data|stringData)$'",
  ],
  [
    'values in the clear',
    sopsOnDocker('secrets.env'),
    'secrets.env',
    'API_KEY=planted\nTOKEN=planted\n',
    'is not encrypted: write the output of sops --encrypt',
  ],
])('%s is refused', (_, place, file, content, message) => {
  expect(issues(place, { [file]: content })[0]).toBe(
    `shop (dev): secrets ${join('/apps/shop', file)} ${message}`,
  );
});
