import {
  Backend,
  Duration,
  envFile,
  existingSecret,
  externalSecrets,
  generated,
  sealedSecrets,
  sops,
  type Application,
  type SecretSource,
} from 'catamaran';
import { issuesOfApp, onKubernetes } from '../../support/application';

const withApi = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
const objectName = 'a DNS subdomain: lower-case letters, digits, - and ., such as shop-secrets';

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
