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
const objectName = 'only lower-case letters, digits, - and . are allowed';

test.each<[SecretSource, string]>([
  [externalSecrets({ store: '' }), 'store is "": write a name, such as shop-secrets'],
  [externalSecrets({ store: 'My Vault' }), `store is "My Vault": write my-vault: ${objectName}`],
  [
    externalSecrets({ store: 'vault', refresh: Duration.seconds(0) }),
    'refresh is 0 seconds: write 1 to 2592000 seconds',
  ],
  [
    externalSecrets({ store: 'vault', key: '' }),
    'key is "": write the name of an entry in the store, or leave key out so that each secret is an entry',
  ],
  [
    externalSecrets({ store: 'vault', prefix: 'my shop/' }),
    'prefix is "my shop/": write a prefix without spaces, such as shop/',
  ],
  [existingSecret('Shop'), `name is "Shop": write shop: ${objectName}`],
  [envFile(''), 'file is "": write the path of a file, relative to the application\'s folder'],
  [sops({ file: '' }), 'file is "": write the path of a file, relative to the application\'s folder'],
  [
    sealedSecrets({ file: '/etc/s' }),
    'file is "/etc/s": write the path of a file, relative to the application\'s folder',
  ],
  [
    generated({ others: envFile('secrets/') }),
    'others.file is "secrets/": write the path of a file, relative to the application\'s folder',
  ],
])('an invalid source of secrets is refused: %p', (secrets, message) => {
  expect(issuesOfApp(withApi, { ...onKubernetes, secrets })).toEqual([`shop (dev): secrets.${message}`]);
});
