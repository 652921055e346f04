import { argoCd, flux, kubernetes, Manifest, type KubernetesOptions } from 'catamaran';
import { parseAllDocuments } from 'yaml';
import { kubernetesTarget } from '../../../charts/target';
import { conflicts } from '../../../constructs/pipeline/conflicts';
import { summaryOf } from '../../../constructs/pipeline/summary';
import { writtenFiles } from '../../../constructs/pipeline/plan';
import { issuesOfApp, planOfApp, withProps } from '../../support/application';
import { projectOf } from '../../support/project';

const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: teas.example.com
spec:
  group: example.com
  names: { kind: Tea, plural: teas }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object } }
`;
const tea = `apiVersion: example.com/v1
kind: Tea
metadata: { name: green }
spec: { minutes: 3, note: '{{ $labels.kind }}' }
`;
const rules = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: rules\ndata:\n  a: b\n';

function place(paths: readonly (string | Manifest)[], options: Partial<KubernetesOptions> = {}) {
  const manifests = paths.map((one) => (typeof one === 'string' ? Manifest.file(one) : one));
  return kubernetes({ namespace: 'shop', manifests, ...options });
}

function planned(files: Readonly<Record<string, string>>, paths: readonly (string | Manifest)[]) {
  return planOfApp(withProps(), place(paths), { folder: projectOf(files) });
}

function problems(files: Readonly<Record<string, string>>, paths: readonly (string | Manifest)[]): string[] {
  return issuesOfApp(withProps(), place(paths), { folder: projectOf(files) });
}

function namesIn(text: string | undefined): unknown[] {
  return parseAllDocuments(text ?? '').map((document) => document.toJS() as unknown);
}

describe('own manifests', () => {
  const files = { 'k8s/a.yaml': `${tea}---\n${crd}`, 'k8s/sub/b.yml': rules, 'k8s/README.md': 'x' };

  test('are written as they are, with the definitions first', () => {
    const written = writtenFiles(planned(files, ['k8s']), '');
    expect(Object.keys(written)).toEqual([
      '00-application.yaml',
      'api.yaml',
      '00-crds.yaml',
      '00-manifests.yaml',
    ]);
    expect(namesIn(written['00-crds.yaml'])).toEqual(namesIn(crd));
    expect(namesIn(written['00-manifests.yaml'])).toEqual([
      {
        apiVersion: 'example.com/v1',
        kind: 'Tea',
        metadata: { name: 'green', namespace: 'shop' },
        spec: { minutes: 3, note: '{{ $labels.kind }}' },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'rules', namespace: 'shop' },
        data: { a: 'b' },
      },
    ]);
  });

  test('are told in the summary and in the notes', () => {
    const plan = planned(files, ['k8s']);
    expect(summaryOf(plan).objects).toEqual(
      expect.arrayContaining([
        'ConfigMap rules',
        'CustomResourceDefinition teas.example.com',
        'Tea.example.com green',
      ]),
    );
    expect(plan.notes).toContainEqual({
      field: 'own',
      workloads: ['CustomResourceDefinition teas.example.com', 'Tea.example.com green', 'ConfigMap rules'],
      note: 'Written as they are. The checks of the model do not know them. With kubectl, apply 00-crds.yaml first: only then does the cluster know the kinds that it defines',
    });
  });

  test('of a list are its items', () => {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: namesIn(`${rules}---\n${tea}`) });
    expect(summaryOf(planned({ 'a.json': list }, ['a.json'])).objects).toEqual(
      expect.arrayContaining(['ConfigMap rules', 'Tea.example.com green']),
    );
  });

  test.each<[string, 'namespace' | 'cluster' | undefined, string | undefined]>([
    ['apiVersion: v1\nkind: Service', undefined, 'shop'],
    ['apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole', undefined, undefined],
    ['apiVersion: cert-manager.io/v1\nkind: ClusterIssuer', undefined, undefined],
    ['apiVersion: cert-manager.io/v1\nkind: Issuer', undefined, 'shop'],
    ['apiVersion: example.com/v1\nkind: Zone', 'cluster', undefined],
    ['apiVersion: example.com/v1\nkind: ClusterTea', 'namespace', 'shop'],
  ])('%j with scope %p has the namespace %p', (head, scope, namespace) => {
    const text = `${head}\nmetadata: { name: one }\n`;
    const source = Manifest.file('a.yaml', scope === undefined ? {} : { scope });
    const { model } = planned({ 'a.yaml': text }, [source]);
    expect(model.manifests.map(({ object }) => object.metadata.namespace)).toEqual([namespace]);
  });

  test('with Argo CD, have a wave, unless they name one', () => {
    const own = `${crd}---\n${tea}---\n${rules.replace('  name: rules', "  name: rules\n  annotations: { argocd.argoproj.io/sync-wave: '-5' }")}`;
    const gitops = argoCd({ repository: 'https://git.example.com/gitops.git' });
    const plan = planOfApp(withProps(), place(['a.yaml'], { gitops, secrets: { kind: 'none' } }), {
      folder: projectOf({ 'a.yaml': own }),
    });
    const written = writtenFiles(plan, '');
    const waves = ['00-application', '00-crds', '00-manifests', 'api'].map((name) =>
      [...(written[`${name}.yaml`] ?? '').matchAll(/sync-wave: '(-?\d+)'/g)].map(([, wave]) => wave),
    );
    expect(waves.map((found) => [...new Set(found)])).toEqual([['0'], ['0'], ['1', '-5'], ['2']]);
    expect(written['00-crds.yaml']).toContain('Prune=false');
  });

  test('with Flux, are stages', () => {
    const gitops = flux({ sourceRef: { name: 'gitops' } });
    const late = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: more }\n';
    const plan = planOfApp(withProps(), place(['a.yaml'], { gitops }), {
      folder: projectOf({ 'a.yaml': `${crd}---\n${rules}---\n${late}` }),
    });
    const written = writtenFiles(plan, '');
    const [stage] = namesIn(written['flux/stages/00-manifests.yaml']);
    expect(stage).toMatchObject({
      spec: { dependsOn: [{ name: 'shop-dev-00-application' }, { name: 'shop-dev-00-crds' }], wait: true },
    });
    const [last] = namesIn(written['flux/stages/99-manifests.yaml']);
    expect(last).toMatchObject({ spec: { wait: false } });
    expect(written['00-crds.yaml']).toContain('prune: disabled');
  });

  test('are claimed once in a cluster, if they are not in the namespace of the application', () => {
    const folder = projectOf({ 'a.yaml': `${crd}---\n${rules}` });
    const one = planOfApp(withProps(), place(['a.yaml']), { folder });
    const two = planOfApp(withProps(), place(['a.yaml'], { namespace: 'other' }), {
      folder,
      environment: 'live',
    });
    const claims = [one, two].flatMap(({ model, environment }) =>
      environment.target === 'kubernetes'
        ? kubernetesTarget
            .claims(model, { ...place(['a.yaml']), ...environment } as Parameters<
              typeof kubernetesTarget.claims
            >[1])
            .filter(({ field }) => field === 'manifests')
            .map(({ key }) => key)
        : [],
    );
    expect(claims).toEqual([
      'object CustomResourceDefinition teas.example.com',
      'object CustomResourceDefinition teas.example.com',
    ]);
    expect(conflicts([one, two], []).map(({ sentence }) => sentence)).toEqual([
      'manifests has CustomResourceDefinition teas.example.com in a.yaml: write it in one of them only, because shop (dev) has it as well; or name different clusters with context in both',
    ]);
  });
});

describe('a manifest is refused', () => {
  test.each<[string, string, string]>([
    ['a: [', 'is not YAML: ', 'valid YAML'],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Values.name }} }',
      'is a template',
      'the output of helm template, or of another such program',
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: {{ name }} }',
      'is a template',
      'the output of helm template, or of another such program',
    ],
    ['kind: ConfigMap', 'has no apiVersion', 'such as apiVersion: v1'],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }',
      'is a Pod without a name',
      'metadata.name, which says what an update replaces',
    ],
    ['just text', 'is no object of Kubernetes', 'apiVersion, kind and metadata'],
    [
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: b }',
      'has the values of the Secret s, and no file may have them',
      'a SealedSecret or an ExternalSecret, or name the secrets in a component',
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: yes }',
      'has "yes" at data.a, which kubectl and others read as different values',
      'the value in quotes, or true, false or a decimal number',
    ],
  ])('%j', (text, problem, write) => {
    const [first, ...others] = problems({ 'a.yaml': `# one\n${text}\n` }, ['a.yaml']);
    expect(others).toEqual([]);
    expect(first).toMatch(/^shop \(dev\): manifests: a\.yaml:\d /);
    expect(first).toContain(` ${problem}`);
    expect(first?.endsWith(`: write ${write}`)).toBe(true);
  });

  test('if its file is not there, or is outside', () => {
    expect(problems({}, ['crd.yaml', '/etc/crd.yaml'])).toEqual([
      expect.stringMatching(
        /^shop \(dev\): manifests: crd\.yaml does not exist: write a file or folder that exists in /,
      ),
      `shop (dev): manifests: "/etc/crd.yaml" is no path in the application: write a path relative to the application's folder`,
    ]);
  });

  test('if another object has its name', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: api }\n';
    expect(problems({ 'a.yaml': account }, ['a.yaml'])).toEqual([
      'shop (dev): manifests has ServiceAccount api, and so has api: write another name, or an override of that object',
    ]);
    expect(problems({ 'a.yaml': `${rules}---\n${rules}` }, ['a.yaml'])).toEqual([
      'shop (dev): manifests: a.yaml:8 has ConfigMap rules, and so has a.yaml:1: write it once',
    ]);
  });

  test('in words, if it is a text', () => {
    const manifests = ['crd.yaml'] as unknown as readonly Manifest[];
    expect(issuesOfApp(withProps(), kubernetes({ namespace: 'shop', manifests }))).toEqual([
      `shop (dev): manifests[0] is "crd.yaml": write Manifest.file('crd.yaml')`,
    ]);
  });
});

test('the policies ask the pods of own manifests', () => {
  const pod =
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { containers: [{ name: agent, image: "agent:1", securityContext: { privileged: true } }] } } }\n';
  const { plan, target } = planned({ 'a.yaml': pod }, ['a.yaml']);
  const found = target.policies.flatMap((policy) =>
    policy
      .check(plan)
      .filter(({ object }) => object?.startsWith('own DaemonSet/agent'))
      .map(() => policy.name),
  );
  expect(found).toContain('no-privileges');
});
