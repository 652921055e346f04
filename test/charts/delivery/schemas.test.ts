import { Ajv } from 'ajv';
import { argoCd, Backend, Duration, flux, kubernetes, type KubernetesOptions } from 'catamaran';
import type { DeliveryObject } from '../../../charts/group';
import { planOfApp, present } from '../../support/application';
import { publishedSchema, type SchemaName } from '../../support/schemas';
import { kubernetesPlan } from '../../support/written';

// The formats of numbers and dates are the API's own.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const validators = {
  'argo-cd-application': ajv.compile(publishedSchema('argo-cd-application', 'v1alpha1')),
  'flux-kustomization': ajv.compile(publishedSchema('flux-kustomization', 'v1')),
};

function problems(schema: SchemaName, object: unknown): string[] {
  const validate = validators[schema];
  validate(object);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function delivered(gitops: KubernetesOptions['gitops']): DeliveryObject[] {
  const place = kubernetes({ namespace: 'shop', ...(gitops && { gitops }) });
  const planned = planOfApp((app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }), place);
  return kubernetesPlan(planned).delivery.flatMap(({ objects }) => objects);
}

const repository = 'git@example.com:raft/gitops.git';

test.each([
  ['with every default', argoCd({ repository })],
  ['without a sync of its own', argoCd({ repository, sync: 'manual' })],
  [
    'with every option',
    argoCd({
      repository,
      path: '.',
      revision: 'main',
      project: 'raft',
      server: 'https://10.0.0.1:6443',
      namespace: 'argo',
      sync: { prune: false, selfHeal: false },
    }),
  ],
])('an Application %s is as the schema of Argo CD asks', (_, gitops) => {
  const objects = delivered(gitops);
  expect(objects.map(({ kind }) => kind)).toEqual(['Application']);
  expect(objects.flatMap((object) => problems('argo-cd-application', object))).toEqual([]);
});

test.each([
  ['with every default', flux({ sourceRef: { name: 'gitops' } })],
  [
    'with every option',
    flux({
      sourceRef: { kind: 'OCIRepository', name: 'gitops', namespace: 'sources' },
      path: 'apps',
      namespace: 'raft',
      interval: Duration.seconds(90),
      timeout: Duration.minutes(5),
      prune: false,
      decryption: { secret: 'sops-age' },
    }),
  ],
])('Kustomizations %s are as the schema of Flux asks', (_, gitops) => {
  const objects = delivered(gitops).filter(({ apiVersion }) => apiVersion.startsWith('kustomize.toolkit'));
  expect(objects).toHaveLength(3);
  expect(objects.flatMap((object) => problems('flux-kustomization', object))).toEqual([]);
});

test('a field that no schema knows, and a value that it does not allow, are found', () => {
  const [object] = delivered(flux({ sourceRef: { name: 'gitops' } }));
  const wrong = { ...present(object), spec: { ...object?.spec, waits: true, interval: 'often' } };
  expect(problems('flux-kustomization', wrong)).toEqual([
    '/spec must NOT have additional properties',
    '/spec/interval must match pattern "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"',
  ]);
});
