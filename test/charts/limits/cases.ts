import type { clusterLimits } from '../../../charts/limits';
import type { Manifest } from '../../../charts/manifest';
import type { KubernetesPlan } from '../../../charts/plan';
import { limits } from '../../../constructs/model/limits';

/** Two objects around a limit. */
export interface LimitCase {
  readonly what: string;
  readonly below: Manifest;
  readonly above: Manifest;
  /**
   * Who refuses what is above. A node and a controller refuse it only when it runs, so the API server takes it.
   * @default server
   */
  readonly by?: 'server' | 'node' | 'controller';
}

type Json = Readonly<Record<string, unknown>>;

const a = (count: number) => 'a'.repeat(count);
/** A DNS subdomain of this length. */
const subdomain = (count: number) => a(count).replace(/(a{60})a(?=a)/g, '$1.');

function object(
  apiVersion: string,
  kind: string,
  name: string,
  content: Json = {},
  metadata: Json = {},
): Manifest {
  const inCluster = kind === 'Namespace' || kind === 'PriorityClass';
  const place = inCluster ? {} : { namespace: 'default' };
  return {
    apiVersion,
    kind,
    metadata: { name, ...place, labels: {}, ...metadata },
    ...content,
  } as unknown as Manifest;
}

const configMap = (data: Json, metadata: Json = {}, name = 'limit') =>
  object('v1', 'ConfigMap', name, { data }, metadata);

/** A ConfigMap whose annotations have this size after `kubectl apply`. */
function applied(size: number, start = ''): Manifest {
  const of = (text: string) => configMap({ file: text }, { annotations: { email: 'raft@example.com' } });
  const key = 'kubectl.kubernetes.io/last-applied-configuration';
  const own = 'emailraft@example.com';
  const rest = size - `${key}${own}${JSON.stringify(of(''))}\n`.length - (start === '<' ? 6 : start.length);
  return of(`${start}${a(rest)}`);
}

const pod = (container: Json, spec: Json = {}) => ({
  containers: [{ name: 'api', image: 'api:1.0', ...container }],
  ...spec,
});
const template = (container: Json, spec: Json = {}, labels: Json = { app: 'api' }) => ({
  metadata: { labels },
  spec: pod(container, spec),
});
const deployment = (container: Json, spec: Json = {}, labels: Json = { app: 'api' }) =>
  object('apps/v1', 'Deployment', 'limit', {
    spec: { selector: { matchLabels: { app: 'api' } }, template: template(container, spec, labels) },
  });
const statefulSet = (name: string) =>
  object('apps/v1', 'StatefulSet', name, {
    spec: { serviceName: 'limit', selector: { matchLabels: { app: 'api' } }, template: template({}) },
  });
const run = { template: { spec: pod({}, { restartPolicy: 'Never' }) } };
const service = (ports: readonly Json[], name = 'limit') =>
  object('v1', 'Service', name, { spec: { selector: { app: 'api' }, ports } });
const ingress = (host: string, path = '/') =>
  object('networking.k8s.io/v1', 'Ingress', 'limit', {
    spec: {
      rules: [
        {
          host,
          http: {
            paths: [
              { path, pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  });
const policy = (spec: Json, name = 'limit') =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec });
const route = (rules: number, hosts: readonly string[]) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'limit', {
    spec: {
      parentRefs: [{ name: 'public' }],
      hostnames: hosts,
      rules: Array.from({ length: rules }, (_, index) => ({
        matches: [{ path: { type: 'PathPrefix', value: `/${index}` } }],
        backendRefs: [{ name: 'api', port: 80, weight: 1 }],
      })),
    },
  });
const gateway = (listeners: number) =>
  object('gateway.networking.k8s.io/v1', 'Gateway', 'limit', {
    spec: {
      gatewayClassName: 'envoy',
      listeners: Array.from({ length: listeners }, (_, index) => ({
        name: `l${index}`,
        port: 8000 + index,
        protocol: 'HTTP',
      })),
    },
  });
const claim = (storage: string) =>
  object('v1', 'PersistentVolumeClaim', 'limit', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });
const mounted = (mounts: readonly Json[]) =>
  deployment({ volumeMounts: mounts }, { volumes: [{ name: 'data', emptyDir: {} }] });
const item = (path: string, more: Json = {}) =>
  deployment(
    {},
    { volumes: [{ name: 'data', configMap: { name: 'a', items: [{ key: 'a', path, ...more }] } }] },
  );

/** Cases around every limit of a cluster. test/e2e/limits.test.ts shows them to an API server. */
export const limitCases: Readonly<Record<keyof typeof clusterLimits, readonly LimitCase[]>> = {
  objectSize: [
    {
      what: 'an object in an annotation of itself',
      below: applied(limits.annotations.most),
      above: applied(limits.annotations.most + 1),
    },
    {
      what: 'characters that kubectl writes as six',
      below: applied(limits.annotations.most, '<'),
      above: applied(limits.annotations.most + 1, '<'),
    },
  ],
  configurationSize: [
    {
      what: 'values',
      // `kubectl apply` refuses far smaller ones.
      below: configMap({ file: a(1000) }),
      above: configMap({ file: a(limits.configuration.most), more: 'a' }),
    },
  ],
  configurationKeys: [
    { what: 'a length', below: configMap({ [a(253)]: '' }), above: configMap({ [a(254)]: '' }) },
    { what: 'characters', below: configMap({ '-._A9': '' }), above: configMap({ 'a b': '' }) },
    { what: 'a dot', below: configMap({ '.a': '' }), above: configMap({ '.': '' }) },
    { what: 'two dots', below: configMap({ 'a..': '' }), above: configMap({ '..a': '' }) },
  ],
  objectNames: [
    {
      what: 'a ConfigMap',
      below: configMap({}, {}, subdomain(253)),
      above: configMap({}, {}, subdomain(254)),
    },
    { what: 'upper case', below: configMap({}, {}, 'a.b'), above: configMap({}, {}, 'A.b') },
    { what: 'a Service', below: service([{ port: 80 }], a(63)), above: service([{ port: 80 }], a(64)) },
    { what: 'a digit', below: service([{ port: 80 }], 'a1'), above: service([{ port: 80 }], '1a') },
    { what: 'a namespace', below: object('v1', 'Namespace', a(63)), above: object('v1', 'Namespace', a(64)) },
    {
      what: 'a CronJob',
      below: object('batch/v1', 'CronJob', a(52), {
        spec: { schedule: '@daily', jobTemplate: { spec: run } },
      }),
      above: object('batch/v1', 'CronJob', a(53), {
        spec: { schedule: '@daily', jobTemplate: { spec: run } },
      }),
    },
    {
      what: 'a Job',
      below: object('batch/v1', 'Job', a(63), { spec: run }),
      above: object('batch/v1', 'Job', a(64), { spec: run }),
    },
    { what: 'a StatefulSet', below: statefulSet(a(52)), above: statefulSet(a(53)), by: 'controller' },
  ],
  labels: [
    {
      what: 'a value',
      below: configMap({}, { labels: { a: a(63) } }),
      above: configMap({}, { labels: { a: a(64) } }),
    },
    {
      what: 'an end',
      below: configMap({}, { labels: { a: '' } }),
      above: configMap({}, { labels: { a: 'a-' } }),
    },
    {
      what: 'a key',
      below: configMap({}, { labels: { [a(63)]: '' } }),
      above: configMap({}, { labels: { [a(64)]: '' } }),
    },
    {
      what: 'a prefix',
      below: configMap({}, { labels: { [`${subdomain(253)}/a`]: '' } }),
      above: configMap({}, { labels: { [`${subdomain(254)}/a`]: '' } }),
    },
    {
      what: 'pods',
      below: deployment({}, {}, { app: 'api', a: a(63) }),
      above: deployment({}, {}, { app: 'api', a: a(64) }),
    },
    {
      what: 'selectors',
      below: policy({ podSelector: { matchLabels: { a: a(63) } } }),
      above: policy({ podSelector: { matchLabels: { a: a(64) } } }),
    },
    {
      what: 'peers',
      below: policy({
        podSelector: {},
        egress: [{ to: [{ podSelector: { matchLabels: { 'A.b': 'c' } } }] }],
      }),
      above: policy({
        podSelector: {},
        egress: [{ to: [{ podSelector: { matchLabels: { 'A/b': 'c' } } }] }],
      }),
    },
  ],
  annotationKeys: [
    {
      what: 'a length',
      below: configMap({}, { annotations: { [a(63)]: '' } }),
      above: configMap({}, { annotations: { [a(64)]: '' } }),
    },
    {
      what: 'characters',
      below: configMap({}, { annotations: { 'Example.com/a': 'a b' } }),
      above: configMap({}, { annotations: { 'a/b/c': '' } }),
    },
  ],
  selectedPods: [
    {
      what: 'a label',
      below: deployment({}, {}, { app: 'api', b: 'c' }),
      above: deployment({}, {}, { app: 'b' }),
    },
  ],
  partNames: [
    { what: 'a container', below: deployment({ name: a(63) }), above: deployment({ name: a(64) }) },
    {
      what: 'a volume',
      below: deployment({}, { volumes: [{ name: '1', emptyDir: {} }] }),
      above: deployment({}, { volumes: [{ name: 'a.b', emptyDir: {} }] }),
    },
    {
      what: 'two of one name',
      below: deployment(
        {},
        {
          volumes: [
            { name: 'a', emptyDir: {} },
            { name: 'b', emptyDir: {} },
          ],
        },
      ),
      above: deployment(
        {},
        {
          volumes: [
            { name: 'a', emptyDir: {} },
            { name: 'a', emptyDir: {} },
          ],
        },
      ),
    },
  ],
  images: [{ what: 'none', below: deployment({ image: 'a' }), above: deployment({ image: '' }) }],
  containerPorts: [
    {
      what: 'a name',
      below: deployment({ ports: [{ containerPort: 80, name: a(15) }] }),
      above: deployment({ ports: [{ containerPort: 80, name: a(16) }] }),
    },
    {
      what: 'characters',
      below: deployment({ ports: [{ containerPort: 80, name: '8-a' }] }),
      above: deployment({ ports: [{ containerPort: 80, name: 'a--b' }] }),
    },
    {
      what: 'a letter',
      below: deployment({ ports: [{ containerPort: 80, name: '80a' }] }),
      above: deployment({ ports: [{ containerPort: 80, name: '80' }] }),
    },
    {
      what: 'two of one name',
      below: deployment({
        ports: [
          { containerPort: 80, name: 'a' },
          { containerPort: 81, name: 'b' },
        ],
      }),
      above: deployment({
        ports: [
          { containerPort: 80, name: 'a' },
          { containerPort: 81, name: 'a' },
        ],
      }),
    },
    {
      what: 'a number',
      below: deployment({ ports: [{ containerPort: 65_535 }] }),
      above: deployment({ ports: [{ containerPort: 65_536 }] }),
    },
  ],
  variableNames: [
    {
      what: 'characters',
      below: deployment({ env: [{ name: '_A.b-1', value: '' }] }),
      above: deployment({ env: [{ name: 'A=B', value: '' }] }),
    },
    {
      what: 'a key',
      below: deployment({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: a(253) } } }] }),
      above: deployment({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: a(254) } } }] }),
    },
  ],
  programTexts: [
    {
      what: 'a variable',
      below: deployment({ env: [{ name: 'A', value: a(limits.argument.most - 2) }] }),
      above: deployment({ env: [{ name: 'A', value: a(limits.argument.most - 1) }] }),
      by: 'node',
    },
    {
      what: 'an argument',
      below: deployment({ args: [a(limits.argument.most)] }),
      above: deployment({ args: [a(limits.argument.most + 1)] }),
      by: 'node',
    },
    { what: 'a NUL', below: deployment({ args: ['a'] }), above: deployment({ args: ['a\0'] }), by: 'node' },
  ],
  mounts: [
    {
      what: 'two at one path',
      below: mounted([
        { name: 'data', mountPath: '/a' },
        { name: 'data', mountPath: '/b' },
      ]),
      above: mounted([
        { name: 'data', mountPath: '/a' },
        { name: 'data', mountPath: '/a' },
      ]),
    },
    {
      what: 'an unknown volume',
      below: mounted([{ name: 'data', mountPath: '/a' }]),
      above: mounted([{ name: 'other', mountPath: '/a' }]),
    },
  ],
  volumeFiles: [
    { what: 'a way out', below: item('a/..b'), above: item('a/../b') },
    { what: 'an absolute path', below: item('a'), above: item('/a') },
    { what: 'a mode', below: item('a', { mode: 0o777 }), above: item('a', { mode: 0o1000 }) },
    { what: 'a key', below: item('a', { key: a(253) }), above: item('a', { key: a(254) }), by: 'node' },
  ],
  ids: [
    {
      what: 'a user',
      below: deployment({ securityContext: { runAsUser: 2_147_483_647 } }),
      above: deployment({ securityContext: { runAsUser: 2_147_483_648 } }),
    },
    {
      what: 'a group',
      below: deployment({ securityContext: { runAsGroup: 0 } }),
      above: deployment({ securityContext: { runAsGroup: -1 } }),
    },
  ],
  quantities: [
    {
      what: 'a form',
      below: deployment({ resources: { limits: { memory: '512M', cpu: '.5' } } }),
      above: deployment({ resources: { limits: { memory: '512MB' } } }),
    },
    {
      what: 'a limit',
      below: deployment({ resources: { requests: { cpu: '1000m' }, limits: { cpu: 1 } } }),
      above: deployment({ resources: { requests: { cpu: '1001m' }, limits: { cpu: '1' } } }),
    },
    {
      what: 'a negative one',
      below: deployment({ resources: { limits: { memory: '0' } } }),
      above: deployment({ resources: { limits: { memory: '-1' } } }),
    },
    { what: 'the size of a claim', below: claim('1'), above: claim('0') },
  ],
  servicePorts: [
    {
      what: 'names of several',
      below: service([
        { port: 80, name: a(63) },
        { port: 81, name: 'b' },
      ]),
      above: service([{ port: 80 }, { port: 81, name: 'b' }]),
    },
    {
      what: 'a name',
      below: service([{ port: 80, name: 'a' }]),
      above: service([{ port: 80, name: a(64) }]),
    },
    { what: 'a number', below: service([{ port: 65_535 }]), above: service([{ port: 65_536 }]) },
    {
      what: 'a target',
      below: service([{ port: 80, targetPort: a(15) }]),
      above: service([{ port: 80, targetPort: a(16) }]),
    },
    {
      what: 'two of one number',
      below: service([
        { port: 80, name: 'a' },
        { port: 81, name: 'b' },
      ]),
      above: service([
        { port: 80, name: 'a' },
        { port: 80, name: 'b' },
      ]),
    },
  ],
  ingressRules: [
    { what: 'a host', below: ingress(subdomain(253)), above: ingress(subdomain(254)) },
    { what: 'upper case', below: ingress('*.example.com'), above: ingress('Example.com') },
    { what: 'a path', below: ingress('a.b', '/a/..b'), above: ingress('a.b', 'a') },
    { what: 'an empty part', below: ingress('a.b', '/a/'), above: ingress('a.b', '/a//b') },
  ],
  gatewayLists: [
    { what: 'rules', below: route(16, ['a.b']), above: route(17, ['a.b']) },
    {
      what: 'hosts',
      below: route(
        1,
        Array.from({ length: 16 }, (_, index) => `h${index}.b`),
      ),
      above: route(
        1,
        Array.from({ length: 17 }, (_, index) => `h${index}.b`),
      ),
    },
    { what: 'listeners', below: gateway(64), above: gateway(65) },
  ],
  addressBlocks: [
    {
      what: 'a block',
      below: policy({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
      above: policy({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1' } }] }] }),
    },
  ],
};

/** A plan of one object, of the component `api`. */
export function planOf(one: Manifest): KubernetesPlan {
  return {
    target: 'kubernetes',
    namespace: 'default',
    userIds: 'declared',
    stated: {},
    secretName: 'limit-secrets',
    secrets: [],
    groups: [{ name: 'api', objects: [one], after: [], secrets: [] }],
    own: [],
    encrypted: [],
    delivery: [],
  };
}
