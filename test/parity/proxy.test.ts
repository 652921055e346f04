import { Backend, certificateFiles, Duration, ReverseProxy, Route, Size, tlsSecret } from 'catamaran';
import { issuesOfApp, onDocker, onKubernetes, planOfApp, type Build } from '../support/application';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { nginxStartFile } from '../../constructs/model/nginx';
import { composeOf, objectOf, objectsOf, serviceOf, podOf } from '../support/written';
import { proveEach, both, nginxOnDocker, nginxOnKubernetes, noteOf } from './support';

export const proxy = proveEach({
  routes() {
    const { docker, kubernetes } = both((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      const routes = [
        Route.path('/api', api, { bodyLimit: Size.mebibytes(8), timeout: Duration.seconds(5) }),
      ];
      new ReverseProxy(app, 'proxy', { routes });
    });
    const lines = (text: string) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => !/^(include \/tmp\/machine\/resolver|set )/.test(line))
        .map((line) => line.replace('$route_0', 'api-8000'));
    const upstream = ['upstream api-8000 {', ...Array<string>(10).fill('server api:8000 max_fails=0;'), '}'];
    // They differ in how a name is resolved, and how another replica is found, and in nothing else.
    expect([...upstream, ...lines(nginxOnDocker(docker))]).toEqual(lines(nginxOnKubernetes(kubernetes)));
    const start = ['sh', '/etc/nginx/conf.d/start.sh', '1', '8080', '--'];
    expect(serviceOf(docker, 'proxy').entrypoint).toEqual(start);
    expect(podOf(kubernetes, 'proxy').containers[0]?.command).toEqual(start);
    expect(objectsOf(kubernetes, 'ConfigMap')[0]?.data).toMatchObject(nginxStartFile);
    expect(Object.values(writtenFiles(docker, ''))).toContain(nginxStartFile['start.sh']);
    expect(lines(nginxOnDocker(docker))).toEqual(
      expect.arrayContaining([
        'location ~ ^/api(?:/|$) {',
        'proxy_read_timeout 5s;',
        'client_max_body_size 8m;',
      ]),
    );
  },

  trustedProxies() {
    const build: Build = (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      const trustedProxies = ['10.0.0.0/8'];
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], trustedProxies });
    };
    const components = { proxy: { trustedProxies: ['192.0.2.7', '2001:db8::/32'] } };
    const { docker, kubernetes } = both(build);
    for (const configuration of [nginxOnDocker(docker), nginxOnKubernetes(kubernetes)]) {
      expect(configuration).toContain('    10.0.0.0/8 1;\n');
      expect(configuration).toContain('    set_real_ip_from 10.0.0.0/8;\n');
    }
    const changed = nginxOnDocker(planOfApp(build, { ...onDocker, components }));
    expect(changed).toContain('    192.0.2.7 1;\n    2001:db8::/32 1;\n');
    expect(changed).not.toContain('10.0.0.0/8');
  },

  tls() {
    const certificate = certificateFiles('CERTIFICATE', 'KEY');
    const build: Build = (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], tls: { certificate } });
    };
    const { docker, kubernetes } = both(build);
    for (const configuration of [nginxOnDocker(docker), nginxOnKubernetes(kubernetes)]) {
      expect(configuration).toContain('listen 8443 ssl;');
      expect(configuration).toContain('ssl_certificate /run/secrets/proxy/tls.crt;');
      expect(configuration).toContain('    default $host;\n');
      expect(configuration).toContain('return 308 https://$https_host$request_uri;');
    }
    expect(serviceOf(docker, 'proxy').ports).toEqual(['0.0.0.0:80:8080', '0.0.0.0:443:8443']);
    expect(objectOf(kubernetes, 'Service', 'proxy-public').spec?.ports).toEqual([
      { name: 'https', port: 443, targetPort: 'https', protocol: 'TCP' },
      { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
    ]);
    expect(composeOf(docker).services['proxy.secrets']?.secrets).toEqual([
      { source: 'CERTIFICATE', target: '/run/secrets/proxy/tls.crt', mode: '0444' },
      { source: 'KEY', target: '/run/secrets/proxy/tls.key', mode: '0444' },
    ]);
    expect(podOf(kubernetes, 'proxy').volumes).toContainEqual({
      name: 'secrets-0',
      secret: {
        secretName: 'shop-secrets',
        defaultMode: 0o440,
        items: [
          { key: 'CERTIFICATE', path: 'tls.crt' },
          { key: 'KEY', path: 'tls.key' },
        ],
      },
    });
    const kept = { certificate: tlsSecret('shop-tls') };
    const proxy = { proxy: { tls: kept } };
    expect(issuesOfApp(build, { ...onDocker, components: proxy })).toEqual([
      'shop/proxy: Docker refuses tls: an engine has neither Kubernetes Secrets nor cert-manager. Write ' +
        "tls: { certificate: certificateFiles(…) }; or accept this with accept: ['tls'] in environment dev",
    ]);
    const mounted = planOfApp(build, { ...onKubernetes, components: proxy });
    expect(podOf(mounted, 'proxy').volumes).toContainEqual({
      name: 'tls',
      secret: {
        secretName: 'shop-tls',
        defaultMode: 0o440,
        items: [
          { key: 'tls.crt', path: 'tls.crt' },
          { key: 'tls.key', path: 'tls.key' },
        ],
      },
    });
    expect(noteOf(mounted, 'tls')?.note).toBe(
      'nginx reads its certificate only when it starts. Restart it after each renewal',
    );
  },
});
