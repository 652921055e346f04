import { Backend, Duration, externalSecrets, kubernetes, sealedSecrets, Secret, sops } from 'catamaran';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { writtenFiles, type Planned } from '../../../constructs/pipeline/plan';
import { planOfApp, present, type Build } from '../../support/application';
import { projectOf } from '../../support/project';
import { kubernetesPlan, objectOf, objectsOf } from '../../support/written';

const build: Build = (app) => {
  const props = { image: 'api:1.0', port: 8000 };
  new Backend(app, 'variable', { ...props, env: { TOKEN: Secret.named('TOKEN') } });
  new Backend(app, 'file', { ...props, env: { API_KEY_FILE: Secret.named('API_KEY').file } });
  new Backend(app, 'none', props);
};

const sealedFile = (token: string) => `kind: SealedSecret
metadata: { name: shop-secrets, namespace: shop, annotations: { sealedsecrets.bitnami.com/namespace-wide: "true" } }
spec: { encryptedData: { TOKEN: ${token}, API_KEY: AgB2, UNUSED: AgC3 } }
`;
const sopsFile = `apiVersion: v1
kind: Secret
metadata: { name: shop-secrets, namespace: shop }
stringData: { TOKEN: 'ENC[1]', API_KEY: 'ENC[2]' }
sops: { version: 3.9.4 }
`;
const sealed = (token: string) =>
  planOfApp(build, kubernetes({ namespace: 'shop', secrets: sealedSecrets({ file: 'sealed.yaml' }) }), {
    folder: projectOf({ 'sealed.yaml': sealedFile(token) }),
    owner: { email: 'shop@example.org' },
  });
const external = (options: Partial<Parameters<typeof externalSecrets>[0]> = {}): EnvironmentSpec =>
  kubernetes({ namespace: 'shop', secrets: externalSecrets({ store: 'vault', ...options }) });

/** What replaces the pods of each Deployment when it changes. */
const rollouts = (planned: Planned) =>
  Object.fromEntries(
    objectsOf(planned, 'Deployment').map(({ metadata, spec }) => [
      metadata.name,
      spec?.template.metadata?.annotations,
    ]),
  );

test('an external secret has an entry for each secret', () => {
  const { apiVersion, spec } = objectOf(
    planOfApp(build, external({ prefix: 'shop/' })),
    'ExternalSecret',
    'shop-secrets',
  );
  const policies = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
  expect(apiVersion).toBe('external-secrets.io/v1');
  expect(spec).toEqual({
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
    target: { name: 'shop-secrets', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [
      { secretKey: 'API_KEY', remoteRef: { key: 'shop/API_KEY', ...policies } },
      { secretKey: 'TOKEN', remoteRef: { key: 'shop/TOKEN', ...policies } },
    ],
  });
});

test('an external secret may have all as properties of one entry, in a store of its namespace', () => {
  const place = external({ key: 'shop/live', kind: 'SecretStore', refresh: Duration.seconds(90) });
  const { spec } = objectOf(planOfApp(build, place), 'ExternalSecret', 'shop-secrets');
  expect(spec).toMatchObject({ refreshInterval: '1m30s', secretStoreRef: { kind: 'SecretStore' } });
  expect(spec.data.map(({ remoteRef: { key, property } }) => [key, property])).toEqual([
    ['shop/live', 'API_KEY'],
    ['shop/live', 'TOKEN'],
  ]);
});

test('a sealed secret has the ciphertexts that are needed, and their scope', () => {
  const { metadata, spec } = objectOf(sealed('AgA1'), 'SealedSecret', 'shop-secrets');
  const scope = { 'sealedsecrets.bitnami.com/namespace-wide': 'true' };
  expect(metadata).toMatchObject({ namespace: 'shop', annotations: { email: 'shop@example.org', ...scope } });
  expect(spec).toEqual({
    encryptedData: { TOKEN: 'AgA1', API_KEY: 'AgB2' },
    template: {
      metadata: { name: 'shop-secrets', namespace: 'shop', annotations: scope },
      type: 'Opaque',
    },
  });
});

test('another ciphertext replaces the pods that read it, and no others', () => {
  const [before, after] = [rollouts(sealed('AgA1')), rollouts(sealed('AgZ9'))];
  expect(before['none']).toBeUndefined();
  expect(
    Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  ).toEqual(['variable']);
});

test('a Secret encrypted by SOPS is in a file of its own, and Pulumi does not apply it', () => {
  const folder = projectOf({ 'secrets.yaml': sopsFile });
  const place = kubernetes({ namespace: 'shop', secrets: sops({ file: 'secrets.yaml' }) });
  const planned = planOfApp(build, place, { folder });
  expect(writtenFiles(planned, '')['00-secrets.yaml']).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: shop-secrets
  namespace: shop
stringData:
  TOKEN: 'ENC[1]'
  API_KEY: 'ENC[2]'
sops:
  version: '3.9.4'
`);
  expect(kubernetesPlan(planned).groups.map(({ name }) => name)).not.toContain('00-secrets');
  expect(present(rollouts(planned)['file'])).toEqual({
    'catamaran.secrets': expect.stringMatching(/^[0-9a-f]{8}$/) as string,
  });
});

test('a source that does not notice a changed value says so in a note', () => {
  const notes = planOfApp(build, external()).notes.filter(({ field }) => field === 'secrets');
  expect(notes).toEqual([
    {
      field: 'secrets',
      workloads: ['variable', 'file'],
      note: 'A changed secret restarts nothing, because the written files contain no values: restart its readers with the command that catamaran secrets prints',
    },
  ]);
});
