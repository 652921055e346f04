import fc from 'fast-check';
import type { Certificate } from '../../constructs/model/route';
import type { ComponentDescription, RouteDescription } from './description';
import { cpu, mebibytes, memory, seconds, secretName, segment, variableName, whole } from './values';

/** What carries out the routes of an application, by what it can be asked for. */
export type Carrier = 'docker' | 'nginx' | 'ingress' | 'ingress-nginx' | 'own-gateway' | 'gateway';

type Proxy = ComponentDescription & { readonly kind: 'proxy' };
type Props = Proxy['props'];

const host = fc.constantFrom(
  'www.example.com',
  '*.example.com',
  '*.example.org',
  'a.b',
  'x1',
  'localhost',
  '1.example',
  'a-b.example.org',
);
const prefix = fc
  .array(segment, { maxLength: 2 })
  .chain((parts) =>
    fc.constantFrom('', ...(parts.length > 0 ? ['/'] : [])).map((end) => `/${parts.join('/')}${end}`),
  );

const passes: Readonly<Record<Carrier, readonly string[]>> = {
  docker: ['stripPrefix', 'websocket', 'bodyLimit', 'timeout', 'sticky', 'auth'],
  nginx: ['stripPrefix', 'websocket', 'bodyLimit', 'timeout', 'sticky', 'auth'],
  ingress: ['websocket'],
  'ingress-nginx': ['stripPrefix', 'websocket', 'bodyLimit', 'timeout', 'sticky', 'auth'],
  'own-gateway': ['stripPrefix', 'websocket', 'timeout'],
  gateway: ['stripPrefix', 'websocket', 'timeout'],
};

const options = fc.record(
  {
    stripPrefix: fc.boolean(),
    websocket: fc.boolean(),
    bodyLimit: whole(1, 1e10).map((bytes) => ({ bytes })),
    timeout: seconds(1, 86_400),
    sticky: fc.record({ cookie: fc.constantFrom('visitor', 'A_1', '__proto__') }),
    auth: fc.record({
      user: fc.constantFrom('ops', 'a.b@c+d-e_1', 'constructor'),
      password: fc.record({
        kind: fc.constant('secret'),
        name: secretName,
        random: fc.boolean(),
        file: fc.constant(false),
      }),
    }),
  },
  { requiredKeys: [] },
);

interface Draft {
  readonly hosts: readonly string[];
  readonly path: string;
  readonly options: typeof options extends fc.Arbitrary<infer Options> ? Options : never;
  readonly targets: readonly { readonly to: number; readonly weight: number }[];
  readonly redirect: { readonly to: string; readonly status?: 301 | 302 | 308 } | undefined;
}

const draft: fc.Arbitrary<Draft> = fc.record({
  hosts: fc.uniqueArray(host, { maxLength: 2 }),
  path: prefix,
  options,
  targets: fc.array(fc.record({ to: fc.nat(20), weight: whole(1, 1000) }), { minLength: 1, maxLength: 3 }),
  redirect: fc.option(
    fc.record(
      {
        to: fc.constantFrom('https://elsewhere.example.net', 'http://elsewhere.example.net:8080/new/'),
        status: fc.constantFrom(301, 302, 308),
      },
      { requiredKeys: ['to'] },
    ),
    { nil: undefined, freq: 4 },
  ),
});

const certificate: fc.Arbitrary<Certificate> = fc.oneof(
  fc.record({
    kind: fc.constant('secrets'),
    certificate: fc.constant('TLS_CERTIFICATE'),
    key: variableName.map((name) => `${name}_KEY`),
  }),
  fc.record({
    kind: fc.constantFrom('tls-secret', 'issuer'),
    name: fc.constantFrom('tls', 'a.b-c', 'letsencrypt'),
  }),
);

/** What a proxy says, before it has targets. */
export interface ProxyDraft {
  readonly routes: readonly Draft[];
  readonly tls: Certificate | undefined;
  readonly redirectFrom: boolean;
  readonly props: Omit<Props, 'routes' | 'tls'>;
}

export const proxyDraft: fc.Arbitrary<ProxyDraft> = fc.record({
  routes: fc.array(draft, { minLength: 1, maxLength: 5 }),
  tls: fc.option(certificate, { nil: undefined }),
  redirectFrom: fc.boolean(),
  props: fc.record({ cpu, memory: fc.oneof(memory, mebibytes(64, 128)) }, { requiredKeys: [] }),
});

/** A proxy in front of components, asked for nothing that its carrier cannot do; none where there is nobody. */
export function proxyOf(
  name: string,
  { routes, tls, redirectFrom, props }: ProxyDraft,
  before: readonly ComponentDescription[],
  carrier: Carrier,
): Proxy[] {
  const components = before
    .filter(({ kind }) => kind === 'backend' || kind === 'static-frontend')
    .map((one) => one.name);
  const [first] = components;
  if (first === undefined) return [];
  const secure = tls !== undefined && canSecure(carrier, tls);
  const hosted = secure && !['docker', 'nginx'].includes(carrier);
  const taken = new Set<string>();
  const described = routes
    // A controller has certificates for host names alone.
    .map((route) => ({
      ...route,
      hosts: hosted && route.hosts.length === 0 ? ['www.example.com'] : route.hosts,
    }))
    .filter(({ hosts, path }) => isFree(taken, hosts, path))
    .flatMap((route) => routeOf(route, { components, growing: growingOf(before), carrier, secure }));
  const all: RouteDescription[] =
    described.length > 0
      ? described
      : [
          {
            kind: 'forward',
            path: '/',
            targets: [{ component: first, weight: 1 }],
            options: hosted ? { hosts: ['a.b'] } : {},
          },
        ];
  const own = ['docker', 'nginx'].includes(carrier);
  return [
    {
      kind: 'proxy',
      name,
      props: {
        ...props,
        routes: all,
        publish: 0,
        ...(secure && { tls: { certificate: tls, ...(own && redirectFrom && { redirectFrom: 0 }) } }),
      },
    },
  ];
}

function isFree(taken: Set<string>, hosts: readonly string[], path: string): boolean {
  const keys = (hosts.length > 0 ? hosts : ['']).map((one) => `${one} ${path.replace(/\/$/, '')}`);
  if (keys.some((key) => taken.has(key))) return false;
  for (const key of keys) taken.add(key);
  return true;
}

function canSecure(carrier: Carrier, { kind }: Certificate): boolean {
  if (carrier === 'docker') return kind === 'secrets';
  if (carrier === 'nginx') return kind !== 'issuer';
  return carrier !== 'gateway' && kind !== 'secrets';
}

interface Around {
  readonly components: readonly string[];
  readonly growing: ReadonlySet<string>;
  readonly carrier: Carrier;
  readonly secure: boolean;
}

function growingOf(components: readonly ComponentDescription[]): ReadonlySet<string> {
  return new Set(components.flatMap(({ name, props }) => ('autoscale' in props ? [name] : [])));
}

function routeOf(route: Draft, { components, growing, carrier, secure }: Around): RouteDescription[] {
  const { hosts, path, redirect } = route;
  const match = hosts.length > 0 ? { hosts } : {};
  if (redirect !== undefined && !carrier.startsWith('ingress')) {
    const { to, status } = redirect;
    // An HTTPRoute has no 308.
    const allowed = status === undefined || (status === 308 && carrier.endsWith('gateway')) ? {} : { status };
    return [{ kind: 'redirect', path, to, options: { ...match, ...allowed } }];
  }
  const unique = new Map(
    route.targets.map(({ to, weight }) => [components[to % components.length] ?? '', weight]),
  );
  const targets = [...unique].map(([component, weight]) => ({ component, weight }));
  // nginx knows no replicas that come and go.
  const counted = carrier !== 'nginx' || targets.every(({ component }) => !growing.has(component));
  const can = (option: string) =>
    passes[carrier].includes(option) && (option !== 'auth' || secure) && (option !== 'sticky' || counted);
  const asked = Object.fromEntries(Object.entries(route.options).filter(([option]) => can(option)));
  return [
    {
      kind: 'forward',
      path,
      targets: carrier.startsWith('ingress') ? targets.slice(0, 1) : targets,
      options: { ...match, ...asked },
    },
  ];
}
