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
  test.each<[string, ClusterProxy, Build, string, string, string, string]>([
    [
      'strip',
      plain,
      shop({ stripPrefix: true }),
      'stripPrefix',
      'true',
      rich,
      'an Ingress passes paths on as they are',
    ],
    [
      'body',
      plain,
      shop({ bodyLimit: Size.bytes(9) }),
      'bodyLimit',
      '{"bytes":9}',
      annotations,
      'an Ingress limits no body',
    ],
    [
      'body',
      own,
      shop({ bodyLimit: Size.bytes(9) }),
      'bodyLimit',
      '{"bytes":9}',
      'proxy: nginx()',
      'an HTTPRoute limits no body',
    ],
    [
      'time',
      plain,
      shop({ timeout: Duration.seconds(9) }),
      'timeout',
      '{"milliseconds":9000}',
      annotations,
      'an Ingress has no timeouts',
    ],
    [
      'sticky',
      plain,
      shop({ sticky }),
      'sticky',
      '{"kind":"cookie","name":"visitor"}',
      annotations,
      'an Ingress keeps no visitor at a replica',
    ],
    [
      'sticky',
      existing,
      shop({ sticky }),
      'sticky',
      '{"kind":"cookie","name":"visitor"}',
      annotations,
      'an HTTPRoute of the standard channel keeps no visitor at a replica',
    ],
    [
      'auth',
      plain,
      shop({ auth }),
      'auth',
      '{"kind":"basic","user":"ops","password":"PASSWORD"}',
      annotations,
      'an Ingress asks for no password',
    ],
    [
      'auth',
      own,
      shop({ auth }),
      'auth',
      '{"kind":"basic","user":"ops","password":"PASSWORD"}',
      annotations,
      'an HTTPRoute asks for no password',
    ],
    [
      'auth',
      annotated,
      shop({ auth }),
      'auth',
      '{"kind":"basic","user":"ops","password":"PASSWORD"}',
      'tls: { certificate: tlsSecret(…) } or certManager(…)',
      'without TLS the password can be read on its way',
    ],
  ])('%s on %o', (_, proxy, build, field, got, fix, reason) => {
    expect(issuesOfApp(build, on(proxy))).toEqual([
      `shop/proxy: routes /api ${field} on kubernetes is ${got}: write ${fix}, or accept: ['routes'] in ` +
        `environment dev (${reason})`,
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
    const fields = (proxy: ClusterProxy) =>
      issuesOfApp(build, on(proxy)).map((issue) => issue.replace(/ is .*(?=: write)/, ''));
    expect(fields(plain)).toEqual([
      "shop/proxy: routes / targets on kubernetes: write proxy: nginx() or gateway(…), or one component, or accept: ['routes'] in environment dev (an Ingress leads a path to one component)",
      "shop/proxy: routes /old redirect on kubernetes: write proxy: nginx() or gateway(…), or accept: ['routes'] in environment dev (an Ingress leads to components alone)",
    ]);
    expect(fields(own)).toEqual([
      "shop/proxy: routes /old redirect on kubernetes: write status: 301, or proxy: nginx(), or accept: ['routes'] in environment dev (an HTTPRoute redirects with 301 and 302)",
    ]);
  });

  test('certificates that its controller cannot read', () => {
    const tls =
      '{"kind":"https","certificate":{"kind":"secrets","certificate":"TLS_CERTIFICATE","key":"TLS_KEY"},"redirectFrom":"none"}';
    expect(issuesOfApp(shop({}), on(plain, https(certificateFiles())))).toEqual([
      `shop/proxy: tls on kubernetes is ${tls}: write tls: { certificate: tlsSecret(…) } or certManager(…), or accept: ['tls'] in environment dev (it reads its certificate from a Secret of type kubernetes.io/tls)`,
    ]);
    expect(issuesOfApp(shop({}), on(existing, https(tlsSecret('shop-tls'))))[0]).toContain(
      "write tls: 'off', or gateway({ className: … }), or accept: ['tls'] in environment dev (the Gateway has its certificates from those who keep it)",
    );
    expect(issuesOfApp(shop({}), on({ kind: 'nginx' }, https(certManager('letsencrypt'))))[0]).toContain(
      'write proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a Certificate',
    );
  });

  test('settings of a program that does not run', () => {
    expect(issuesOfApp(shop({}), on(plain, { proxy: { replicas: 2 } }))).toEqual([
      'shop (dev): components.proxy.replicas is 2: write nothing: proxy takes tls, overrides',
    ]);
  });

  test('a password without TLS, unless nobody else is on the way', () => {
    const got = '{"kind":"basic","user":"ops","password":"PASSWORD"}';
    expect(issuesOfApp(shop({ auth }), onDocker)).toEqual([
      `shop/proxy: routes /api auth on docker is ${got}: write tls: { certificate: … }, or on Docker expose: ` +
        "hostPort(…, '127.0.0.1'), or accept: ['routes'] in environment dev (without TLS the password can be read on its way)",
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
        'replicas that visitors stay at are those of a StatefulSet, which nginx asks Service kube-dns of kube-system ' +
        'for, in a cluster of the domain cluster.local: a release replaces one after the other, and waits for each as ' +
        'long as it takes, whatever the deadline',
    },
  ]);
  expect(planOfApp(shop({}), onKubernetes).notes.map(({ field }) => field)).toEqual(['processes']);
  expect(objectsOf(planOfApp(shop({}), onKubernetes), 'StatefulSet')).toEqual([]);
  const scaled = { api: { autoscale: { max: 5, targetPercent: 50 } } };
  expect(issuesOfApp(shop({ sticky }), { ...onKubernetes, components: scaled })).toEqual([
    'shop/proxy: routes /api sticky on kubernetes is "api": write autoscale: \'off\' for the component, or ' +
      "accept: ['routes'] in environment dev (nginx knows no replicas that come and go)",
  ]);
});

test('nginx() is what an environment has that says nothing', () => {
  expect(kubernetes({ namespace: 'shop' }).proxy).toEqual({ kind: 'nginx' });
});
