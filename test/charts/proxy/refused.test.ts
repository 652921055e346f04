import {
  Backend,
  certificateFiles,
  certManager,
  Duration,
  gateway,
  ReverseProxy,
  Route,
  Size,
  tlsSecret,
} from 'catamaran';
import type { ClusterProxy } from '../../../constructs/model/proxy';
import { issuesOfApp, onDocker, planOfApp, type Build } from '../../support/application';
import { controller, plain, shop, sticky, existing, auth, annotated, on, https } from './shop';

const own = gateway({ className: 'envoy', controller });

describe('what a proxy does not support is refused, and the message names proxies that do', () => {
  const annotations = "proxy: nginx(), or ingress({ flavour: 'ingress-nginx', … })";
  const rich = 'proxy: nginx() or gateway(…)';
  test.each<[string, ClusterProxy, Build, string, string, string]>([
    [
      'stripPrefix on an Ingress',
      plain,
      shop({ stripPrefix: true }),
      'routes /api stripPrefix is true, which Kubernetes refuses',
      rich,
      'an Ingress cannot change the path of a request',
    ],
    [
      'bodyLimit on an Ingress',
      plain,
      shop({ bodyLimit: Size.bytes(9) }),
      'Kubernetes refuses routes /api bodyLimit',
      annotations,
      'an Ingress cannot limit the size of a request body',
    ],
    [
      'bodyLimit on a Gateway',
      own,
      shop({ bodyLimit: Size.bytes(9) }),
      'Kubernetes refuses routes /api bodyLimit',
      'proxy: nginx()',
      'an HTTPRoute cannot limit the size of a request body',
    ],
    [
      'timeout on an Ingress',
      plain,
      shop({ timeout: Duration.seconds(9) }),
      'Kubernetes refuses routes /api timeout',
      annotations,
      'an Ingress has no timeouts',
    ],
    [
      'sticky on an Ingress',
      plain,
      shop({ sticky }),
      'Kubernetes refuses routes /api sticky',
      annotations,
      'an Ingress cannot keep a visitor at one replica',
    ],
    [
      'sticky on an existing Gateway',
      existing,
      shop({ sticky }),
      'Kubernetes refuses routes /api sticky',
      annotations,
      'an HTTPRoute of the standard channel cannot keep a visitor at one replica',
    ],
    [
      'auth on an Ingress',
      plain,
      shop({ auth }),
      'Kubernetes refuses routes /api auth',
      annotations,
      'an Ingress cannot ask for a password',
    ],
    [
      'auth on a Gateway',
      own,
      shop({ auth }),
      'Kubernetes refuses routes /api auth',
      annotations,
      'an HTTPRoute cannot ask for a password',
    ],
    [
      'auth on ingress-nginx without TLS',
      annotated,
      shop({ auth }),
      'Kubernetes refuses routes /api auth',
      'tls: { certificate: tlsSecret(…) } or certManager(…)',
      'without TLS, others on the network can read the password',
    ],
  ])('%s', (_, proxy, build, refusal, fix, reason) => {
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
      'shop/proxy: Kubernetes refuses routes / targets: an Ingress can send a path to only one component. ' +
        "Write proxy: nginx() or gateway(…), or a single component; or accept this with accept: ['routes'] " +
        'in environment dev',
      'shop/proxy: Kubernetes refuses routes /old redirect: an Ingress cannot redirect. Write proxy: ' +
        "nginx() or gateway(…); or accept this with accept: ['routes'] in environment dev",
    ]);
    expect(fields(own)).toEqual([
      'shop/proxy: Kubernetes refuses routes /old redirect: an HTTPRoute can redirect only with 301 or ' +
        "302. Write status: 301, or proxy: nginx(); or accept this with accept: ['routes'] in environment dev",
    ]);
  });

  test('certificates that its controller cannot read', () => {
    expect(issuesOfApp(shop({}), on(plain, https(certificateFiles())))).toEqual([
      "shop/proxy: Kubernetes refuses tls: the cluster's proxy reads its certificate from a Secret of type kubernetes.io/tls. Write tls: { certificate: tlsSecret(…) } or certManager(…); or accept this with accept: ['tls'] in environment dev",
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

  test('settings of an nginx that does not run', () => {
    expect(issuesOfApp(shop({}), on(plain, { proxy: { replicas: 2 } }))).toEqual([
      'shop (dev): components.proxy.replicas is not a setting of proxy: write one of tls, overrides',
    ]);
  });

  test('a password without TLS, unless only the host itself can connect', () => {
    expect(issuesOfApp(shop({ auth }), onDocker)).toEqual([
      "shop/proxy: Docker refuses routes /api auth: without TLS, others on the network can read the password. Write tls: { certificate: … }, or on Docker expose: hostPort(…, '127.0.0.1'); or accept this with accept: ['routes'] in environment dev",
    ]);
    const expose = { kind: 'host-port', port: 80, address: '127.0.0.1' } as const;
    expect(planOfApp(shop({ auth }), { ...onDocker, components: { proxy: { expose } } }).notes).not.toEqual(
      [],
    );
  });
});
