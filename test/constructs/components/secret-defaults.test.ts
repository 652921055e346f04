import {
  Backend,
  docker,
  externalSecrets,
  kubernetes,
  Secret,
  text,
  Worker,
  type Application,
} from 'catamaran';
import {
  planOfApp,
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  withProps,
} from '../../support/application';
import { containerOf, objectOf, objectsOf, serviceOf } from '../../support/written';

const dsn = Secret.named('SENTRY_DSN', { default: '' });
const token = Secret.named('TOKEN', { default: 'it\'s $5 "now"' });

function environmentOf(env: Readonly<Record<string, Secret | ReturnType<typeof text>>>) {
  return serviceOf(planOfApp(withProps({ env }), onDocker), 'api').environment;
}

describe('an optional secret', () => {
  test('has its default in the model', () => {
    const { secrets, secretDefaults } = modelOfApp(
      withProps({ env: { A: dsn, B: text`Bearer ${token}`, C: Secret.named('C') } }),
    );
    expect({ secrets, secretDefaults }).toEqual({
      secrets: ['C', 'SENTRY_DSN', 'TOKEN'],
      secretDefaults: { SENTRY_DSN: '', TOKEN: 'it\'s $5 "now"' },
    });
  });

  test('has its default in compose', () => {
    expect(environmentOf({ A: dsn, B: text`Bearer ${token}!`, C: Secret.named('C') })).toEqual({
      A: '${SENTRY_DSN:-}',
      B: 'Bearer ${TOKEN:-it\'s $$5 "now"}!',
      C: '${C:?is missing, see catamaran secrets}',
    });
  });

  test('needs no source of secrets', () => {
    const build = withProps({ env: { A: dsn } });
    expect(planOfApp(build, docker()).model.secrets).toEqual(['SENTRY_DSN']);
    expect(issuesOfApp(withProps({ env: { A: dsn, B: Secret.named('B') } }), docker())).toEqual([
      'shop (dev): secrets is missing: write a source, such as envFile(), for the secrets B',
    ]);
  });

  test('has its default in a ConfigMap on Kubernetes, which a key of the Secret replaces', () => {
    const env = { A: dsn, B: text`Bearer ${token}`, TOKEN: 'taken' };
    const planned = planOfApp(withProps({ env }), onKubernetes);
    const config = objectsOf(planned, 'ConfigMap').find(({ metadata }) =>
      metadata.name.includes('-defaults-'),
    );
    expect(config?.data).toEqual({ A: '', TOKEN_: 'it\'s $5 "now"' });
    const container = containerOf(planned, 'api');
    expect(container.envFrom).toEqual([{ configMapRef: { name: config?.metadata.name } }]);
    const reference = (key: string) => ({ secretKeyRef: { name: 'shop-secrets', key, optional: true } });
    expect(container.env?.filter(({ name }) => name !== 'TOKEN')).toEqual([
      { name: 'TOKEN_', valueFrom: reference('TOKEN') },
      { name: 'A', valueFrom: reference('SENTRY_DSN') },
      { name: 'B', value: 'Bearer $(TOKEN_)' },
    ]);
  });

  test('is in a Secret of its own with External Secrets, which needs no entry of it', () => {
    const place = kubernetes({ namespace: 'shop', secrets: externalSecrets({ store: 'vault' }) });
    const planned = planOfApp(withProps({ env: { A: dsn, B: Secret.named('B') } }), place);
    expect(
      objectsOf(planned, 'ExternalSecret').map(({ spec: { target, data } }) => [
        target.name,
        target.deletionPolicy,
        data.map(({ secretKey }) => secretKey),
      ]),
    ).toEqual([
      ['shop-secrets', 'Retain', ['B']],
      ['shop-secrets-optional', 'Delete', ['SENTRY_DSN']],
    ]);
    expect(containerOf(planned, 'api').env).toEqual([
      {
        name: 'A',
        valueFrom: { secretKeyRef: { name: 'shop-secrets-optional', key: 'SENTRY_DSN', optional: true } },
      },
      { name: 'B', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'B' } } },
    ]);
    expect(objectOf(planned, 'ExternalSecret', 'shop-secrets').metadata.namespace).toBe('shop');
  });
});

describe('a default is refused', () => {
  test('if another component has another one, or none', () => {
    const build = (app: Application) => {
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { A: dsn } });
      new Worker(app, 'worker', { image: 'api:1.0', env: { A: Secret.named('SENTRY_DSN') } });
      new Worker(app, 'other', {
        image: 'api:1.0',
        env: { A: Secret.named('SENTRY_DSN', { default: 'x' }) },
      });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/worker: the secret SENTRY_DSN has no default, and the default "" in api: write the same in both',
      'shop/other: the secret SENTRY_DSN has the default "x", and the default "" in api: write the same in both',
    ]);
  });

  test('for a file', () => {
    expect(issuesOfApp(withProps({ env: { A: dsn.file } }))).toEqual([
      "shop/api: the secret SENTRY_DSN has a default, and only a variable can have one, not a file: write it in a variable, or Secret.named('SENTRY_DSN') without a default",
    ]);
  });

  test('in a URL, if it needs escaping there', () => {
    const password = Secret.named('PASSWORD', { default: 'a/b' });
    expect(issuesOfApp(withProps({ env: { A: text`redis://:${password}@cache` } }))).toEqual([
      'shop (dev): the default of the secret PASSWORD becomes a part of a URL, but contains characters that need escaping there: write a default with only letters, digits and - . _ ~',
    ]);
  });

  test.each([
    ['a\nb', 'has a line break, which compose cannot read'],
    ['a}b', 'has braces that compose reads as the end of the default, or beyond it'],
    ['{{}}', 'has braces that compose reads as the end of the default, or beyond it'],
  ])('on Docker, if compose reads %j differently', (otherwise, problem) => {
    const env = { A: Secret.named('S', { default: otherwise }) };
    expect(issuesOfApp(withProps({ env }), onDocker)).toEqual([
      `shop/api: container api the default of the secret S in environment A ${problem}: write another default, or no default, and the value in each source of secrets`,
    ]);
    expect(modelOfApp(withProps({ env }), onKubernetes).secretDefaults).toEqual({ S: otherwise });
  });

  test.each(['{}', '{"a": {"b": 1}}', 'a{b', '$', '${A:-b}'])(
    'but not %j alone, which compose reads',
    (otherwise) => {
      expect(environmentOf({ A: Secret.named('S', { default: otherwise }) })).toEqual({
        A: `\${S:-${otherwise.replaceAll('$', '$$$$')}}`,
      });
    },
  );

  test('and {} in the middle of a text, where compose reads beyond it', () => {
    const env = { A: text`a ${Secret.named('S', { default: '{}' })} b` };
    expect(issuesOfApp(withProps({ env }), onDocker)).toHaveLength(1);
  });

  test('if it is no text', () => {
    const build = () => Secret.named('S', { default: 5 as unknown as string });
    expect(build).toThrow("Secret.named: default is 5: write '5'");
  });
});
