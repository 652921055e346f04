import { Backend, Secret, type Application } from 'catamaran';
import { kubernetesObject } from 'catamaran/kubernetes';
import { noPlainSecretsInObjects } from '../../../charts/policy/no-plain-secrets';
import { onKubernetes, planOfApp } from '../../support/application';
import { plainSecret } from '../../support/policy';
import { kubernetesPlan } from '../../support/written';
import { broken, container, kept } from './broken';

const inApi = (key: string, value: unknown) =>
  noPlainSecretsInObjects.check(broken('Deployment', 'api', [...container.Deployment, key], value));

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['DB_PASSWORD', '$$(NOT_EXPANDED)'],
  ['STORE', 'postgres://app:hunter2@db.example.com/app?x=$(Y)'],
])('a plain %s of an object is found in the words of the model, and not shown', (name, value) => {
  expect(inApi('env', [{ name, value }])).toEqual([plainSecret(`env.${name}`, `Secret.named('${name}')`)]);
});

test('a plain variable of an init container is found, whatever the other containers have', () => {
  const value = [{ name: 'wait', image: 'a:1', env: [{ name: 'DATABASE_URL', value: 'postgres://a:b@c' }] }];
  const plan = broken('Deployment', 'api', ['spec', 'template', 'spec', 'initContainers'], value);
  expect(noPlainSecretsInObjects.check(plan)).toEqual([
    plainSecret('env.DATABASE_URL', "Secret.named('DATABASE_URL')"),
  ]);
});

test.each(['--db-password=hunter2', 'amqp://app:hunter2@queue'])('so is an argument like %s', (argument) => {
  expect(inApi('args', ['serve', argument])).toEqual([
    { ...plainSecret('spec.template.spec.containers.0.args.1'), object: 'Deployment/api' },
  ]);
});

test('a plain annotation is found', () => {
  const path = ['metadata', 'annotations', 'example.com/url'];
  expect(noPlainSecretsInObjects.check(broken('Deployment', 'api', path, 'http://a:hunter2@b'))).toEqual([
    { ...plainSecret('metadata.annotations.example.com/url'), object: 'Deployment/api' },
  ]);
});

test('a plain value that an override brings into a ConfigMap is found with the variable that takes it', () => {
  const build = (app: Application) =>
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { API_KEY: '' } });
  const overrides = [
    kubernetesObject('ConfigMap', {
      reason: 'a test',
      change: (object) => ({ ...object, data: { ...object.data, 'value-0': 'hunter2' } }),
    }),
  ];
  const check = (components = {}) =>
    noPlainSecretsInObjects.check(kubernetesPlan(planOfApp(build, { ...onKubernetes, components })));
  expect(check()).toEqual([]);
  expect(check({ api: { overrides } })).toEqual([plainSecret('env.API_KEY', "Secret.named('API_KEY')")]);
});

test('a file of a ConfigMap that is a secret by its name or has a password within it is found', () => {
  const data = { token: 'hunter2', 'a.ini': 'url=redis://:hunter2@cache', 'b.ini': 'url=redis://cache' };
  const plan = broken('ConfigMap', 'proxy-routes', ['data'], data);
  const proxy = plan.groups
    .flatMap(({ objects }) => objects)
    .find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('proxy-routes'));
  expect(
    noPlainSecretsInObjects
      .check(plan)
      .map(({ workload, object, field }) => `${workload}: ${object} ${field}`),
  ).toEqual([
    `proxy: ConfigMap/${proxy?.metadata.name} data.token`,
    `proxy: ConfigMap/${proxy?.metadata.name} data.a.ini`,
  ]);
});

test.each([
  ['DB_PASSWORD', { value: '' }],
  ['DB_PASSWORD', { valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'DB_PASSWORD' } } }],
  ['DB_CREDENTIALS', { value: 'postgres://app:$(DB_PASSWORD)@database' }],
  ['DB_PASSWORD_FILE', { value: '/run/secrets/files/DB_PASSWORD' }],
])('%s of %j is no plain secret', (name, variable) => {
  expect(inApi('env', [{ name, ...variable }])).toEqual([]);
});

test('what components make keeps the policy', () => {
  const planned = planOfApp(
    (app) => new Backend(app, 'api', { image: 'a:1', port: 8000, env: { KEY: Secret.named('KEY') } }),
    onKubernetes,
  );
  expect([kept, kubernetesPlan(planned)].flatMap((plan) => noPlainSecretsInObjects.check(plan))).toEqual([]);
});
