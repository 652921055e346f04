import {
  Backend,
  docker,
  gateway,
  ingress,
  kubernetes,
  ReverseProxy,
  Route,
  ScheduledJob,
  Schedule,
  Secret,
  type Application,
  type KubernetesOptions,
} from 'catamaran';
import { beyondLimits, clusterLimits } from '../../../charts/limits';
import { kubernetesObject } from '../../../charts/index';
import { issuesOfApp, onDocker, planOfApp, withProps } from '../../support/application';
import { limitCases, planOf, type LimitCase } from './cases';

type Name = keyof typeof clusterLimits;
const all = (Object.entries(limitCases) as [Name, readonly LimitCase[]][]).flatMap(([name, cases]) =>
  cases.map((one) => [name, one.what, one] as const),
);

test.each(all)('%s: %s', (name, _, { below, above }) => {
  expect(beyondLimits(planOf(below))).toEqual([]);
  expect(clusterLimits[name].check(planOf(above)).length).toBeGreaterThan(0);
});

test('every limit has a source', () => {
  for (const { source } of Object.values(clusterLimits)) expect(source).toMatch(/^https:\/\//);
});

const place = (more: Partial<KubernetesOptions> = {}) => kubernetes({ namespace: 'shop', ...more });

test('files that kubectl apply cannot keep in an annotation are refused, with the size', () => {
  const build = withProps({ files: { '/etc/shop/data.json': 'a'.repeat(300_000) } });
  expect(issuesOfApp(build, place())).toEqual([
    expect.stringMatching(
      /^shop\/api: ConfigMap\/api-files-[0-9a-f]{8} with its annotations is 300\d{3} bytes, because kubectl apply keeps the object in one of them: write 0.25 MiB or less, such as fewer or smaller files, or an image that contains them$/,
    ),
  ]);
  // Docker mounts files of any size.
  expect(() => planOfApp(build, docker())).not.toThrow();
});

test('an override that makes what the API server refuses is told, with its object, field and value', () => {
  const overrides = [
    kubernetesObject('Deployment', {
      reason: 'a test',
      change: (object) => ({
        ...object,
        metadata: { ...object.metadata, labels: { ...object.metadata.labels, team: 'a b' } },
      }),
    }),
    kubernetesObject('Service', {
      reason: 'a test',
      change: (object) => ({
        ...object,
        spec: { ...object.spec, ports: [{ port: 70_000, name: 'Http' }] },
      }),
    }),
  ];
  expect(issuesOfApp(withProps(), place({ components: { api: { overrides } } }))).toEqual([
    'shop/api: Deployment/api metadata.labels team is "a b": write a-b: only letters, digits and - . _ are allowed',
    'shop/api: Service/api spec.ports name is "Http": write http: only lower-case letters, digits and - are allowed',
    'shop/api: Service/api spec.ports is 70000: write a whole number from 1 to 65535',
  ]);
});

test('more routes than a Gateway takes are refused', () => {
  const controller = { namespace: 'gateways', labels: { app: 'gateway' } };
  const build = (app: Application) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    const routes = Array.from({ length: 17 }, (_, index) => Route.path(`/r${index}`, api));
    new ReverseProxy(app, 'proxy', { routes });
  };
  expect(issuesOfApp(build, place({ proxy: gateway({ className: 'envoy', controller }) }))).toEqual([
    'shop/proxy: HTTPRoute/proxy spec.rules has 17 items: write 16 or fewer',
  ]);
  expect(() => planOfApp(build, place({ proxy: ingress({ className: 'nginx', controller }) }))).not.toThrow();
});

test('annotations of an Ingress and labels of pods of others have keys and values as Kubernetes has them', () => {
  const proxy = ingress({
    className: 'nginx',
    controller: { namespace: 'ingress', labels: { 'app name': 'nginx', team: '-' } },
    annotations: { 'cert manager': 'x' },
  });
  const key =
    '1 to 63 letters, digits and - . _, with a letter or a digit at both ends, perhaps after a DNS subdomain and a /, ' +
    'such as example.com/team';
  expect(issuesOfApp(withProps(), place({ proxy }))).toEqual([
    `shop (dev): proxy.controller.labels key is "app name": write ${key}`,
    'shop (dev): proxy.controller.labels team is "-": write a letter or a digit at both ends',
    `shop (dev): proxy.annotations key is "cert manager": write ${key}`,
  ]);
});

describe.each([
  ['Docker', onDocker],
  ['Kubernetes', place()],
])('on %s', (_, target) => {
  test('a variable or an argument that no program can start with is refused', () => {
    const long = 'a'.repeat(131_072);
    expect(issuesOfApp(withProps({ env: { CONFIG: long }, args: [long] }), target)).toEqual([
      'shop/api: args is 131072 bytes: write 131071 bytes or less',
      'shop/api: env.CONFIG with its name is 131079 bytes: write 131071 bytes or less',
    ]);
    expect(() => planOfApp(withProps({ env: { CONFIG: 'a'.repeat(131_064) } }), target)).not.toThrow();
  });

  test('variables that no program can start with together are refused', () => {
    const env = Object.fromEntries(
      Array.from({ length: 20 }, (__, index) => [`A${index}`, 'a'.repeat(120_000)]),
    );
    expect(issuesOfApp(withProps({ env }), target)).toEqual([
      'shop/api: env, command and args together is 2400250 bytes: write 2 MiB or less',
    ]);
  });

  test('names of files are those of a file system and of a ConfigMap', () => {
    const key = '1 to 253 letters, digits and - . _, not only dots and not .. at the start';
    const file = (name: string) => withProps({ files: { [`/etc/shop/${name}`]: 'x' } });
    const long = 'a'.repeat(254);
    expect(issuesOfApp(file(long), target)).toEqual([
      `shop/api: files has "/etc/shop/${long}": write ${key}`,
    ]);
    expect(issuesOfApp(file('..'), target)).toEqual([`shop/api: files has "/etc/shop/..": write ${key}`]);
    expect(issuesOfApp(file('a b'), target)).toEqual([
      'shop/api: files has "/etc/shop/a b": write a file name of letters, digits and - . _',
    ]);
    expect(() => planOfApp(file('a'.repeat(253)), target)).not.toThrow();
  });

  test('parts of a path are as long as a file system allows', () => {
    const path = `/${'a'.repeat(256)}`;
    expect(issuesOfApp(withProps({ files: { [`${path}/a`]: 'x' } }), target)[0]).toBe(
      `shop/api: path is "${path}": write a path whose parts have at most 255 characters`,
    );
  });

  test('the name of an image has a length', () => {
    const name = (count: number) => `registry.example.com/${'a'.repeat(count)}:1`;
    expect(issuesOfApp(withProps({ image: name(256) }), target)).toEqual([
      `shop/api: image is "${name(256)}": write an image whose name has at most 255 characters`,
    ]);
    expect(() => planOfApp(withProps({ image: name(255) }), target)).not.toThrow();
  });
});

test('the name of a secret is a key of a Secret', () => {
  const secret = 'A'.repeat(254);
  expect(issuesOfApp(withProps({ env: { TOKEN: Secret.named(secret) } }), onDocker)).toEqual([
    `shop: secret is "${secret}": write a name of at most 253 characters`,
  ]);
});

test('the longest names that components can have are within all limits', () => {
  const build = (app: Application) => {
    const name = 'a'.repeat(46 - 'shop-dev-'.length);
    new ScheduledJob(app, name, { image: 'api:1.0', command: ['a'], schedule: Schedule.cron('@daily') });
  };
  expect(() => planOfApp(build, place())).not.toThrow();
});
