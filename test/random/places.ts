import fc from 'fast-check';
import type { KubernetesOptions, QualityOfService } from 'catamaran';
import type {
  ComponentDescription,
  GitOpsDescription,
  PlaceDescription,
  ProxyDescription,
  SecretsDescription,
} from './description';
import type { Carrier } from './routes';
import { settingsDraft, settled, type SettingsDraft } from './settings';
import { optional, seconds } from './values';

const anywhere: fc.Arbitrary<SecretsDescription> = fc.oneof(
  fc.record({ kind: fc.constant('env-file'), name: fc.constantFrom('.env', 'a/b c.env') }),
  fc.record({ kind: fc.constant('pulumi-config') }),
  fc.record({ kind: fc.constant('generated'), others: fc.constantFrom('env-file', 'pulumi-config') }),
);

const inCluster: fc.Arbitrary<SecretsDescription> = fc.oneof(
  fc.record({ kind: fc.constant('existing-secret'), name: fc.constantFrom('shop', 'a.b-c') }),
  fc.record({
    kind: fc.constant('external-secrets'),
    options: fc
      .record(
        {
          store: fc.constantFrom('vault', 'a.b'),
          kind: fc.constantFrom('ClusterSecretStore', 'SecretStore'),
          refresh: seconds(1, 2_592_000),
          entries: fc.oneof(
            fc.record({ prefix: fc.constantFrom('', 'shop/', 'a:b') }),
            fc.record({ key: fc.constantFrom('shop/production', 'x y') }),
          ),
        },
        { requiredKeys: ['store'] },
      )
      .map(({ entries, ...options }) => ({ ...options, ...entries })),
  }),
);

const controller = fc.record({
  namespace: fc.constantFrom('ingress', 'constructor'),
  labels: fc.constantFrom({ 'app.kubernetes.io/name': 'ingress' }, { a: 'b', c: '' }),
});

const proxies: Readonly<Record<Exclude<Carrier, 'docker'>, fc.Arbitrary<ProxyDescription>>> = {
  nginx: fc.constant({ kind: 'nginx' }),
  ingress: fc.record({
    kind: fc.constant('ingress'),
    options: fc.record(
      {
        className: fc.constantFrom('nginx', 'a.b'),
        controller,
        annotations: fc.constantFrom({}, { 'example.com/a': 'b c' }),
      },
      { requiredKeys: ['className', 'controller'] },
    ),
  }),
  'ingress-nginx': fc.record({
    kind: fc.constant('ingress'),
    options: fc.record({
      className: fc.constant('nginx'),
      controller,
      flavour: fc.constant('ingress-nginx'),
      passwords: fc.constant('users'),
    }),
  }),
  'own-gateway': fc.record({
    kind: fc.constant('gateway'),
    options: fc.record({ className: fc.constant('envoy'), controller }),
  }),
  gateway: fc.record({
    kind: fc.constant('gateway'),
    options: fc.record({
      gateway: fc.record({ name: fc.constantFrom('public', 'a.b'), namespace: fc.constant('gateways') }),
      controller,
    }),
  }),
};

const delivery: fc.Arbitrary<GitOpsDescription> = fc.oneof(
  fc.record({
    kind: fc.constant('argo-cd'),
    options: fc.record(
      {
        repository: fc.constantFrom('https://git.example.com/a/b.git', 'git@example.com:a/b.git'),
        path: fc.constantFrom('dist', '.', 'a/b'),
        revision: fc.constantFrom('main', 'v1.0'),
        sync: fc.oneof(
          fc.constant('manual'),
          fc.record({ prune: fc.boolean(), selfHeal: fc.boolean() }, optional),
        ),
      },
      { requiredKeys: ['repository'] },
    ),
  }),
  fc.record({
    kind: fc.constant('flux'),
    options: fc.record(
      {
        sourceRef: fc.record(
          {
            name: fc.constant('gitops'),
            kind: fc.constantFrom('GitRepository', 'OCIRepository', 'Bucket'),
            namespace: fc.constant('sources'),
          },
          { requiredKeys: ['name'] },
        ),
        interval: seconds(60, 86_400),
        timeout: seconds(10, 86_400),
        prune: fc.boolean(),
      },
      { requiredKeys: ['sourceRef'] },
    ),
  }),
);

/** What a place says, before it knows the components. */
export interface PlaceDraft {
  readonly carrier: Carrier;
  readonly anywhere: SecretsDescription;
  readonly inCluster: SecretsDescription;
  readonly proxy: ProxyDescription;
  readonly gitops: GitOpsDescription;
  readonly cluster: {
    readonly pullSecret?: string;
    readonly storageClass?: string;
    readonly context?: string;
    readonly qualityOfService?: QualityOfService;
  };
  readonly data: 'keep' | 'delete';
  readonly settings: readonly SettingsDraft[];
}

/** What a place with one carrier of routes may say. */
export function placeDraft(carrier: Carrier): fc.Arbitrary<PlaceDraft> {
  return fc.record({
    carrier: fc.constant(carrier),
    anywhere,
    inCluster,
    proxy: proxies[carrier === 'docker' ? 'nginx' : carrier],
    gitops: fc.oneof(
      { weight: 2, arbitrary: fc.constant({ kind: 'none' } as const) },
      { weight: 1, arbitrary: delivery },
    ),
    cluster: fc.record(
      {
        pullSecret: fc.constantFrom('pull', 'a.b'),
        storageClass: fc.constantFrom('fast', 'a.b-c'),
        context: fc.constant('kind'),
        qualityOfService: fc.constantFrom('guaranteed', 'burstable'),
      },
      optional,
    ),
    data: fc.constantFrom('keep', 'delete'),
    settings: fc.array(settingsDraft, { maxLength: 4 }),
  });
}

/** A place for components. Where each is published is a number of its own. */
export function placed(
  draft: PlaceDraft,
  components: readonly ComponentDescription[],
  choices: Readonly<Record<string, string>>,
): PlaceDescription {
  const { carrier, data, cluster, gitops, proxy } = draft;
  const settings = components.flatMap((component, index) => {
    const own = draft.settings[index];
    if (own) return [[component.name, settled(own, component, carrier, index)] as const];
    // A cluster has no programs of a host: a server stands for each.
    if (component.kind !== 'host-program' || carrier === 'docker') return [];
    return [[component.name, { managed: { host: '10.9.8.7' } }] as const];
  });
  const common = {
    choices,
    data,
    registry: 'registry.example.com:5000/team',
    components: Object.fromEntries(settings),
  };
  if (carrier === 'docker') return { target: 'docker', ...common, secrets: draft.anywhere };
  // A controller has to read the secrets by itself.
  const secrets = gitops.kind === 'none' ? draft.anywhere : draft.inCluster;
  return {
    target: 'kubernetes',
    ...common,
    ...acceptedFor(components),
    ...cluster,
    namespace: 'raft',
    gitops,
    proxy,
    secrets,
  };
}

/** What a cluster must accept for these components. It must not accept more. */
export function acceptedFor(components: readonly ComponentDescription[]): Pick<KubernetesOptions, 'accept'> {
  const isRoot = components.some(({ props }) => 'runsAsRoot' in props);
  return { accept: isRoot ? ['privilege'] : [] };
}
