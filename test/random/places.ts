import fc from 'fast-check';
import type { QualityOfService } from 'catamaran';
import { plainValue, variables } from './components';
import type {
  ComponentDescription,
  GitOpsDescription,
  PlaceDescription,
  ProxyDescription,
  SecretsDescription,
  SettingsDescription,
} from './description';
import type { Carrier } from './routes';
import { anyText, cpu, mebibytes, memory, seconds, whole } from './values';

const optional = { requiredKeys: [] };

const anywhere: fc.Arbitrary<SecretsDescription> = fc.oneof(
  fc.record({ kind: fc.constant('env-file'), name: fc.constantFrom('.env', 'a/b c.env') }),
  fc.record({ kind: fc.constant('pulumi-config') }),
  fc.record({ kind: fc.constant('generated'), others: fc.constantFrom('env-file', 'pulumi-config') }),
);

const inCluster: fc.Arbitrary<SecretsDescription> = fc.oneof(
  fc.record({ kind: fc.constant('existing-secret'), name: fc.constantFrom('shop', 'a.b-c') }),
  fc.record({
    kind: fc.constant('external-secrets'),
    options: fc.record(
      {
        store: fc.constantFrom('vault', 'a.b'),
        kind: fc.constantFrom('ClusterSecretStore', 'SecretStore'),
        refresh: seconds(1, 2_592_000),
        prefix: fc.constantFrom('', 'shop/', 'a:b'),
        key: fc.constantFrom('shop/production', 'x y'),
      },
      { requiredKeys: ['store'] },
    ),
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

/** What an environment may say of any component, each where the component takes it. */
export interface SettingsDraft {
  readonly size: SettingsDescription;
  readonly env: NonNullable<SettingsDescription['env']>;
  readonly reasons: readonly string[];
  readonly storage: NonNullable<SettingsDescription['storage']> | undefined;
  readonly managed: NonNullable<SettingsDescription['managed']> | undefined;
  readonly bindMount: boolean;
  readonly expose: 'as-is' | 'otherwise';
  readonly replicas: number | undefined;
}

const settingsDraft: fc.Arbitrary<SettingsDraft> = fc.record({
  size: fc.record(
    { cpu, memory, exceptions: fc.constant({ 'secrets-in-files': 'the image reads no files' }) },
    optional,
  ),
  env: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: variables(plainValue) }),
  reasons: fc.array(
    anyText.map((text) => `because ${text}`),
    { maxLength: 1 },
  ),
  storage: fc.option(mebibytes(1, 1e6), { nil: undefined }),
  managed: fc.option(
    fc.record(
      {
        host: fc.constantFrom('db.example.com', '10.1.2.3'),
        port: whole(1, 65_535),
        addresses: fc.constantFrom(['10.1.2.0/24'], ['0.0.0.0/0']),
        url: fc.record({
          kind: fc.constant('secret'),
          name: fc.constantFrom('STORE_URL', 'A'),
          random: fc.boolean(),
          file: fc.constant(false),
        }),
      },
      { requiredKeys: ['host'] },
    ),
    { nil: undefined, freq: 3 },
  ),
  bindMount: fc.boolean(),
  expose: fc.constantFrom('as-is', 'otherwise'),
  replicas: fc.option(whole(1, 20), { nil: undefined }),
});

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
    return own ? [[component.name, settled(own, component, carrier, index)] as const] : [];
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
  return { target: 'kubernetes', ...common, ...cluster, namespace: 'raft', gitops, proxy, secrets };
}

function settled(
  draft: SettingsDraft,
  component: ComponentDescription,
  carrier: Carrier,
  index: number,
): SettingsDescription {
  const { size, env, reasons, storage, bindMount, managed } = draft;
  const overrides = reasons.length > 0 ? { overrides: reasons } : {};
  const general = { ...size, env, ...overrides };
  switch (component.kind) {
    case 'external':
      return {};
    case 'proxy':
      return carrier === 'docker' || carrier === 'nginx'
        ? { ...size, ...overrides, ...exposed(draft, component, carrier, index) }
        : {};
    case 'postgres':
    case 'mysql':
    case 'mariadb':
    case 'mongo':
    case 'search':
    case 'cache': {
      const durable = component.kind !== 'cache';
      if (managed) return { ...(durable && { backup: 'off' }), managed };
      const isWhole = durable && component.props.backup === undefined;
      // A backup is another container, so that an override of one would have to name it.
      return {
        ...size,
        env,
        ...(isWhole || !durable ? overrides : {}),
        ...(durable && storage && { storage }),
      };
    }
    case 'backend':
    case 'static-frontend':
      return { ...general, ...mounted(bindMount, carrier), ...exposed(draft, component, carrier, index) };
    case 'worker':
    case 'migration':
    case 'job':
      return { ...general, ...mounted(bindMount, carrier) };
  }
}

function mounted(bindMount: boolean, carrier: Carrier): SettingsDescription {
  return bindMount && carrier === 'docker'
    ? { bindMounts: [{ folder: 'api', path: '/srv/mounted', access: 'read-write' }] }
    : {};
}

type Published = ComponentDescription & { readonly kind: 'backend' | 'static-frontend' | 'proxy' };

function exposed(
  { expose, replicas }: SettingsDraft,
  { props, kind }: Published,
  carrier: Carrier,
  index: number,
): SettingsDescription {
  const published = props.publish !== undefined || expose === 'otherwise';
  const hasData = kind !== 'proxy' && (props.volumes !== undefined || props.autoscale !== undefined);
  const many = replicas === undefined || hasData || (carrier === 'docker' && published) ? {} : { replicas };
  if (expose === 'as-is') return many;
  // TLS has its own second port at the nodes.
  if (carrier === 'docker')
    return { expose: { kind: 'host-port', port: 10_000 + index, address: '127.0.0.1' }, replicas: 1 };
  return kind === 'proxy' || index % 2 === 0
    ? { ...many, expose: { kind: 'load-balancer', port: 1 + index } }
    : { ...many, expose: { kind: 'node-port', port: 80, nodePort: 30_000 + index } };
}
