import {
  Backend,
  certificateFiles,
  certManager,
  Duration,
  gateway,
  ingress,
  kubernetes,
  ReverseProxy,
  Route,
  Secret,
  Size,
  tlsSecret,
  type RouteOptions,
} from 'catamaran';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { ClusterProxy } from '../../constructs/model/proxy';
import type { Certificate } from '../../constructs/model/route';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  type Build,
} from '../support/application';
import { kubernetesPlan, objectOf, objectsOf } from '../support/written';

const hosts = ['shop.example'];
const controller = { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } };
const plain = ingress({ className: 'any', controller });
const annotated = ingress({ className: 'nginx', controller, flavour: 'ingress-nginx', passwords: 'users' });
const own = gateway({ className: 'envoy', controller });
const existing = gateway({ gateway: { name: 'shared', namespace: 'infra' }, controller });

function on(proxy: ClusterProxy, components: KubernetesSpec['components'] = {}): KubernetesSpec {
  return { ...onKubernetes, proxy, components };
}

function shop(options: RouteOptions, ...more: readonly Route[]): Build {
  return (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2 });
    const routes = [Route.path('/', api, { hosts }), Route.path('/api', api, { hosts, ...options }), ...more];
    new ReverseProxy(app, 'proxy', { routes });
  };
}

const auth = { user: 'ops', password: Secret.named('PASSWORD') };
const sticky = { cookie: 'visitor' };
const https = (certificate: Certificate) => ({ proxy: { tls: { certificate } } });

describe('what a proxy cannot is refused, with those that can', () => {
  const annotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";
  const rich = 'proxy: nginx() or gateway(…)';
  test.each<[string, ClusterProxy, Build, string, string, string]>([
    [
      'strip',
      plain,
      shop({ stripPrefix: true }),
      'routes /api stripPrefix is true, which kubernetes refuses',
      rich,
      'an Ingress cannot change the path of a request',
    ],
    [
      'body',
      plain,
      shop({ bodyLimit: Size.bytes(9) }),
      'kubernetes refuses routes /api bodyLimit',
      annotations,
      'an Ingress cannot limit the size of a request body',
    ],
    [
      'body',
      own,
      shop({ bodyLimit: Size.bytes(9) }),
      'kubernetes refuses routes /api bodyLimit',
      'proxy: nginx()',
      'an HTTPRoute cannot limit the size of a request body',
    ],
    [
      'time',
      plain,
      shop({ timeout: Duration.seconds(9) }),
      'kubernetes refuses routes /api timeout',
      annotations,
      'an Ingress has no timeouts',
    ],
    [
      'sticky',
      plain,
      shop({ sticky }),
      'kubernetes refuses routes /api sticky',
      annotations,
      'an Ingress cannot keep a visitor at one replica',
    ],
    [
      'sticky',
      existing,
      shop({ sticky }),
      'kubernetes refuses routes /api sticky',
      annotations,
      'an HTTPRoute of the standard channel cannot keep a visitor at one replica',
    ],
    [
      'auth',
      plain,
      shop({ auth }),
      'kubernetes refuses routes /api auth',
      annotations,
      'an Ingress cannot ask for a password',
    ],
    [
      'auth',
      own,
      shop({ auth }),
      'kubernetes refuses routes /api auth',
      annotations,
      'an HTTPRoute cannot ask for a password',
    ],
    [
      'auth',
      annotated,
      shop({ auth }),
      'kubernetes refuses routes /api auth',
      'tls: { certificate: tlsSecret(…) } or certManager(…)',
      'without TLS, others on the network can read the password',
    ],
  ])('%s on %o', (_, proxy, build, refusal, fix, reason) => {
    expect(issuesOfApp(build, on(proxy))).toEqual([
      `shop/proxy: ${refusal}: ${reason}. Write ${fix}; or accept this with accept: ['routes'] in environment dev`,
    ]);
  });

  test('redirects and weights on an Ingress, and 308 on a Gateway', () => {
    const build: Build = (app) => {
      const [one, two] = ['one', 'two'].map((name) => new Backend(app, name, { image: 'a:1', port: 8000 }));
      const weighted = one && two ? [{ component: one }, { component: two }] : [];
      new ReverseProxy(app, 'proxy', {
        routes: [Route.path('/', weighted), Route.redirect('/old', '/new', { status: 308 })],
      });
    };
    const fields = (proxy: ClusterProxy) => issuesOfApp(build, on(proxy));
    expect(fields(plain)).toEqual([
      'shop/proxy: kubernetes refuses routes / targets: an Ingress can send a path to only one component. ' +
        "Write proxy: nginx() or gateway(…), or a single component; or accept this with accept: ['routes'] " +
        'in environment dev',
      'shop/proxy: kubernetes refuses routes /old redirect: an Ingress cannot redirect. Write proxy: ' +
        "nginx() or gateway(…); or accept this with accept: ['routes'] in environment dev",
    ]);
    expect(fields(own)).toEqual([
      'shop/proxy: kubernetes refuses routes /old redirect: an HTTPRoute can redirect only with 301 or ' +
        "302. Write status: 301, or proxy: nginx(); or accept this with accept: ['routes'] in environment dev",
    ]);
  });

  test('certificates that its controller cannot read', () => {
    expect(issuesOfApp(shop({}), on(plain, https(certificateFiles())))).toEqual([
      "shop/proxy: kubernetes refuses tls: the cluster's proxy reads its certificate from a Secret of type kubernetes.io/tls. Write tls: { certificate: tlsSecret(…) } or certManager(…); or accept this with accept: ['tls'] in environment dev",
    ]);
    expect(issuesOfApp(shop({}), on(existing, https(tlsSecret('shop-tls'))))[0]).toContain(
      "the owner of the Gateway chooses its certificates. Write tls: 'off', or gateway({ className: … }); " +
        "or accept this with accept: ['tls'] in environment dev",
    );
    expect(issuesOfApp(shop({}), on({ kind: 'nginx' }, https(certManager('letsencrypt'))))[0]).toContain(
      'Write proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a cert-manager ' +
        'Certificate',
    );
  });

  test('settings of a program that does not run', () => {
    expect(issuesOfApp(shop({}), on(plain, { proxy: { replicas: 2 } }))).toEqual([
      'shop (dev): components.proxy.replicas is not a setting of proxy: write one of tls, overrides',
    ]);
  });

  test('a password without TLS, unless nobody else is on the way', () => {
    expect(issuesOfApp(shop({ auth }), onDocker)).toEqual([
      "shop/proxy: docker refuses routes /api auth: without TLS, others on the network can read the password. Write tls: { certificate: … }, or on Docker expose: hostPort(…, '127.0.0.1'); or accept this with accept: ['routes'] in environment dev",
    ]);
    const expose = { kind: 'host-port', port: 80, address: '127.0.0.1' } as const;
    expect(planOfApp(shop({ auth }), { ...onDocker, components: { proxy: { expose } } }).notes).not.toEqual(
      [],
    );
  });
});

test('a password is asked of nobody where the cluster reads the hashes of another Secret', () => {
  const tls = https(tlsSecret('shop-tls'));
  expect(modelOfApp(shop({ auth }), on(annotated, tls)).secrets).toEqual([]);
  expect(modelOfApp(shop({ auth }), on({ kind: 'nginx' }, tls)).secrets).toEqual(['PASSWORD']);
});

test('ingress-nginx is told by annotations, one Ingress for each set of them', () => {
  const options = {
    stripPrefix: true,
    sticky,
    auth,
    bodyLimit: Size.mebibytes(8),
    timeout: Duration.seconds(5),
  };
  const planned = planOfApp(shop(options), on(annotated, https(certManager('letsencrypt'))));
  const [first, second] = objectsOf(planned, 'Ingress');
  expect(first?.metadata.annotations).toEqual({
    'cert-manager.io/cluster-issuer': 'letsencrypt',
    'nginx.ingress.kubernetes.io/proxy-body-size': '1024k',
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '60',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '60',
    'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
  });
  expect(second?.metadata.annotations).toEqual({
    'nginx.ingress.kubernetes.io/affinity': 'cookie',
    'nginx.ingress.kubernetes.io/affinity-mode': 'persistent',
    'nginx.ingress.kubernetes.io/auth-realm': 'restricted',
    'nginx.ingress.kubernetes.io/auth-secret': 'users',
    'nginx.ingress.kubernetes.io/auth-type': 'basic',
    'nginx.ingress.kubernetes.io/proxy-body-size': '8192k',
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '5',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '5',
    'nginx.ingress.kubernetes.io/rewrite-target': '/$2',
    'nginx.ingress.kubernetes.io/session-cookie-name': 'visitor',
    'nginx.ingress.kubernetes.io/session-cookie-path': '/api',
    'nginx.ingress.kubernetes.io/session-cookie-samesite': 'Lax',
    'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
    'nginx.ingress.kubernetes.io/use-regex': 'true',
  });
  expect(second?.spec).toEqual({
    ingressClassName: 'nginx',
    tls: [{ hosts, secretName: 'proxy-tls' }],
    rules: [
      {
        host: 'shop.example',
        http: {
          paths: [
            {
              path: '/api(/|$)(.*)',
              pathType: 'ImplementationSpecific',
              backend: { service: { name: 'api', port: { number: 8000 } } },
            },
          ],
        },
      },
    ],
  });
});

test('the pods of the controller are let in, and there is no proxy of our own', () => {
  const planned = planOfApp(shop({}), on(plain));
  expect(objectOf(planned, 'NetworkPolicy', 'api').spec?.ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
          podSelector: { matchLabels: controller.labels },
        },
      ],
      ports: [{ protocol: 'TCP', port: 8000 }],
    },
  ]);
  const group = kubernetesPlan(planned).groups.find(({ name }) => name === 'proxy');
  expect(group?.objects.map(({ kind }) => kind)).toEqual(['Ingress']);
});

test('an HTTPRoute strips, redirects and shares out by weight, at a Gateway that is there', () => {
  const build: Build = (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    const next = new Backend(app, 'next', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', {
      routes: [
        Route.path('/v1/', [{ component: api, weight: 9 }, { component: next }], {
          stripPrefix: true,
          timeout: Duration.seconds(5),
        }),
        Route.redirect('/docs', 'https://docs.example:8443/v2', { status: 301 }),
      ],
    });
  };
  const [route, ...others] = objectsOf(planOfApp(build, on(existing)), 'HTTPRoute');
  expect(others).toEqual([]);
  expect(route?.spec).toEqual({
    parentRefs: [{ name: 'shared', namespace: 'infra' }],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
        filters: [
          {
            type: 'URLRewrite',
            urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
          },
        ],
        backendRefs: [
          { name: 'api', port: 8000, weight: 9 },
          { name: 'next', port: 8000, weight: 1 },
        ],
        timeouts: { request: '5s' },
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/docs' } }],
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'https',
              hostname: 'docs.example',
              port: 8443,
              path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' },
              statusCode: 301,
            },
          },
        ],
      },
    ],
  });
});

test('visitors stay at replicas with names, behind our own nginx', () => {
  const planned = planOfApp(shop({ sticky }), onKubernetes);
  expect(objectsOf(planned, 'StatefulSet').map(({ metadata }) => metadata.name)).toEqual(['api']);
  expect(objectOf(planned, 'StatefulSet', 'api').spec?.serviceName).toBe('api-pods');
  expect(objectOf(planned, 'Service', 'api-pods').spec).toMatchObject({
    clusterIP: 'None',
    selector: { 'app.kubernetes.io/instance': 'api' },
  });
  const [routes] = objectsOf(planned, 'ConfigMap').map(({ data }) => data?.['default.conf']);
  expect(routes).toContain('    resolver kube-dns.kube-system.svc.cluster.local valid=1s ipv6=off;\n');
  expect(routes).toContain('    50.00% api-0.api-pods.shop.svc.cluster.local:8000;\n');
  expect(routes).toContain('proxy_pass http://api-8000;');
  expect(planned.notes.filter(({ field }) => field === 'routes')).toEqual([
    {
      field: 'routes',
      workloads: ['proxy'],
      note:
        'The replicas that visitors stay at run as a StatefulSet. nginx asks the Service kube-dns in ' +
        'kube-system for their addresses, in the domain cluster.local: the cluster must have both. A release ' +
        'replaces the replicas one after the other, and waits for each as long as it takes: the deadline ' +
        'does not apply',
    },
  ]);
  expect(planOfApp(shop({}), onKubernetes).notes.map(({ field }) => field)).toEqual(['processes']);
  expect(objectsOf(planOfApp(shop({}), onKubernetes), 'StatefulSet')).toEqual([]);
  const scaled = { api: { autoscale: { max: 5, targetPercent: 50 } } };
  expect(issuesOfApp(shop({ sticky }), { ...onKubernetes, components: scaled })).toEqual([
    'shop/proxy: kubernetes refuses routes /api sticky to api: nginx cannot follow replicas that come ' +
      "and go. Write autoscale: 'off' for the component; or accept this with accept: ['routes'] in " +
      'environment dev',
  ]);
});

test('nginx() is what an environment has that says nothing', () => {
  expect(kubernetes({ namespace: 'shop' }).proxy).toEqual({ kind: 'nginx' });
});
