import { Backend, certManager, Duration, ReverseProxy, Route, Size, tlsSecret } from 'catamaran';
import { modelOfApp, planOfApp, type Build } from '../../support/application';
import { kubernetesPlan, objectOf, objectsOf } from '../../support/written';
import { https, shop, auth, on, annotated, sticky, hosts, plain, controller } from './shop';

test('an application needs no password where the cluster reads a Secret with its hash', () => {
  const tls = https(tlsSecret('shop-tls'));
  expect(modelOfApp(shop({ auth }), on(annotated, tls)).secrets).toEqual([]);
  expect(modelOfApp(shop({ auth }), on({ kind: 'nginx' }, tls)).secrets).toEqual(['PASSWORD']);
});

test('ingress-nginx gets its options as annotations, one Ingress for each set of options', () => {
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
    'nginx.ingress.kubernetes.io/proxy-body-size': '1m',
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
    'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
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

test('the pods of the controller may connect, and no nginx of ours runs', () => {
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

test('a wildcard is a host of the rules and of the certificate, as it is', () => {
  const build: Build = (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    const routes = [
      Route.path('/', api, { hosts: ['*.Shop.example'] }),
      Route.path('/', api, { hosts: ['one.shop.example'] }),
    ];
    new ReverseProxy(app, 'proxy', { routes });
  };
  const [ingress] = objectsOf(planOfApp(build, on(plain, https(tlsSecret('shop-tls')))), 'Ingress');
  expect(ingress?.spec?.rules?.map(({ host }) => host)).toEqual(['*.shop.example', 'one.shop.example']);
  expect(ingress?.spec?.tls).toEqual([
    { hosts: ['*.shop.example', 'one.shop.example'], secretName: 'shop-tls' },
  ]);
});
