import {
  Backend,
  certManager,
  Duration,
  envFile,
  existingSecret,
  externalSecrets,
  generated,
  ingress,
  ReverseProxy,
  Route,
  sealedSecrets,
  sops,
  tlsSecret,
  type Application,
  type SecretSource,
} from 'catamaran';
import { issuesOfApp, onKubernetes, type Build } from '../support/application';

const withApi = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
const controller = { namespace: 'ingress-nginx', labels: {} };
const objectName =
  'a name of at most 253 lower-case letters, digits and - ., with a letter or digit at both ends';

test.each<[SecretSource, string]>([
  [externalSecrets({ store: '' }), `store: got ""; write ${objectName}`],
  [externalSecrets({ store: 'My Vault' }), `store: got "My Vault"; write ${objectName}`],
  [
    externalSecrets({ store: 'vault', refresh: Duration.seconds(0) }),
    'refresh: got 0; write 1 to 2592000 seconds',
  ],
  [
    externalSecrets({ store: 'vault', key: '' }),
    'key: got ""; write the name of the entry in the store, or no key for an entry each',
  ],
  [
    externalSecrets({ store: 'vault', prefix: 'my shop/' }),
    'prefix: got "my shop/"; write what comes before each name, without blanks, such as shop/',
  ],
  [existingSecret('Shop'), `name: got "Shop"; write ${objectName}`],
  [envFile(''), 'file: got ""; write a file, relative to the application\'s folder'],
  [sops({ file: '' }), 'file: got ""; write a file, relative to the application\'s folder'],
  [
    sealedSecrets({ file: '/etc/s' }),
    'file: got "/etc/s"; write a file, relative to the application\'s folder',
  ],
  [
    generated({ others: envFile('secrets/') }),
    'others.file: got "secrets/"; write a file, relative to the application\'s folder',
  ],
])('a source of secrets that cannot be is refused: %j', (secrets, message) => {
  expect(issuesOfApp(withApi, { ...onKubernetes, secrets })).toEqual([`shop (dev): secrets.${message}`]);
});

test.each([tlsSecret(''), certManager("Let's")])(
  'a certificate under the name of no object is refused: %j',
  (certificate) => {
    const build: Build = (app) => {
      const api = withApi(app);
      new ReverseProxy(app, 'proxy', {
        routes: [Route.path('/', api, { hosts: ['shop.example'] })],
        tls: { certificate },
      });
    };
    const place = { ...onKubernetes, proxy: ingress({ className: 'nginx', controller }) };
    expect(issuesOfApp(build, place)).toEqual([
      `shop/proxy: tls.certificate: got ${JSON.stringify(certificate.name)}; write ${objectName}`,
    ]);
  },
);
