import { docker, Secret, type ComposeService } from 'catamaran';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { summaryOf } from '../../constructs/pipeline/summary';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { composeKeys } from '../../constructs/values/compose-service';
import { publishedBy } from '../../docker/services';
import { dockerTarget } from '../../docker/target';
import { issuesOfApp, planOfApp, withProps } from '../support/application';
import { composeSchema } from '../support/schemas';

const mailhog: ComposeService = {
  image: 'mailhog/mailhog:v1.0.1',
  ports: ['8025:8025'],
  environment: { HOST: '${MAIL_HOST:-mail}', COST: '$$5' },
  networks: ['api_publish'],
  volumes: ['mail:/data', './here:/there', { type: 'volume', source: 'more', target: '/more' }],
  secrets: ['TOKEN'],
  depends_on: ['api'],
};

const planned = (services: Readonly<Record<string, ComposeService>>) =>
  planOfApp(withProps({ publish: 8080 }), docker({ services }));

const problems = (services: object) =>
  issuesOfApp(withProps({ publish: 8080 }), docker({ services: services as Record<string, ComposeService> }));

test('a service in compose form is written as it is, and its volumes and secrets are declared', () => {
  const text = writtenFiles(planned({ mailhog }), '')['compose.yaml'] ?? '';
  const compose = parse(text) as Record<string, Record<string, unknown>>;
  expect(compose['services']?.['mailhog']).toEqual(mailhog);
  expect(compose['volumes']).toEqual({ mail: {}, more: {} });
  expect(compose['secrets']).toEqual({ TOKEN: { environment: 'TOKEN' } });
  expect(new Ajv({ strict: false, validateFormats: false }).validate(composeSchema(), compose)).toBe(true);
});

test('it is told in the summary and in the notes, with its ports', () => {
  const plan = planned({ mailhog });
  const { objects, published } = summaryOf(plan);
  expect(objects).toContain('service mailhog');
  expect(published).toEqual(['api: 8080 on the host', 'mailhog: 8025 on the host']);
  expect(plan.notes.find(({ field }) => field === 'own')?.workloads).toEqual(['service mailhog']);
});

test.each<[object, string]>([
  [{ api: { image: 'a:1' } }, 'services.api has the name of a service of a component: write another name'],
  [
    { Mail: { image: 'a:1' } },
    'services.Mail cannot be a host name: write a name of lower-case letters, digits and - _',
  ],
  [
    { mail: {} },
    "services.mail.image is missing: write an image, such as 'mailhog/mailhog:v1.0.1', or build",
  ],
  [{ mail: 'a:1' }, `services.mail is "a:1": write an object, such as { image: 'mailhog/mailhog:v1.0.1' }`],
  [
    { mail: { image: 'a:1', prots: [] } },
    'services.mail.prots is not a key of a compose service: did you mean ports?',
  ],
  [
    { mail: { image: 'a:1', extends: 'x' } },
    'services.mail.extends cannot be here: write the keys themselves, because a service has no other file',
  ],
  [
    { mail: { image: 'a:1', networks: ['back'] } },
    'services.mail.networks has "back", which is no network of the application: write one of api_publish, default',
  ],
  [
    { mail: { image: 'a:1', depends_on: { db: { condition: 'service_started' } } } },
    'services.mail.depends_on has "db", which is no service: write one of api, mail',
  ],
  [
    { mail: { image: 'a:1', ports: ['8080:80'] } },
    'services.mail.ports has 8080, which api publishes: write another port',
  ],
])('%j is refused', (services, message) => {
  expect(problems(services)).toEqual([`shop (dev): ${message}`]);
});

test.each<[ComposeService['ports'], string[]]>([
  [
    ['8025:8025', '127.0.0.1:1025:1025/tcp', '[::1]:53:53/udp', '9000', '7000-7001:7000-7001'],
    ['8025', '1025', '53/udp', '7000', '7001'],
  ],
  [[{ target: 80, published: '8081' }, { target: 81 }], ['8081']],
  [undefined, []],
])('the ports %j publish %j', (ports, expected) => {
  expect(publishedBy(ports === undefined ? { image: 'a:1' } : { image: 'a:1', ports })).toEqual(expected);
});

test('a plain secret in it is found', () => {
  const { plan } = planOfApp(
    withProps({ env: { A: Secret.named('A', { default: '' }) } }),
    docker({ services: { mail: { image: 'a:1', environment: ['API_TOKEN=abc', 'B_TOKEN=${B_TOKEN}'] } } }),
  );
  const policy = dockerTarget.policies.find(({ name }) => name === 'no-plain-secrets');
  expect(policy?.check(plan as never).map(({ field }) => field)).toEqual(['env.API_TOKEN']);
});

test('Pulumi refuses it in words', () => {
  const environment = docker({ services: { mailhog } });
  expect(dockerTarget.deployIssues('shop (dev)', environment).map(({ sentence }) => sentence)).toEqual([
    'services has mailhog, which only compose can make, and not Pulumi: write docker compose up with the written compose.yaml, or components in their place',
  ]);
});

test('the known keys are those of the schema, without those that need more than a service', () => {
  const known = [...composeKeys, 'configs', 'extends', 'models', 'provider'].sort();
  const { definitions } = composeSchema() as { definitions: { service: { properties: object } } };
  expect(known).toEqual(Object.keys(definitions.service.properties).sort());
});
