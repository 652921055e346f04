import {
  Backend,
  type BackendProps,
  type BuildOptions,
  docker,
  Image,
  kubernetes,
  type Application,
} from 'catamaran';
import { usedImages, unusedPins } from '../../../constructs/compile/pins';
import { modelOfApp, planOfApp, present, thrownBy } from '../../support/application';
import { projectOf } from '../../support/project';
import { dockerPlan, kubernetesPlan } from '../../support/written';
import { kubernetesObject } from 'catamaran/kubernetes';
import { dockerContainer } from 'catamaran/docker';

const digest = `sha256:${'a'.repeat(64)}`;
const pin = { digest, platforms: ['linux/amd64'] };
const registry = 'registry.example.com/shop';
const folder = projectOf({ 'api/Dockerfile': 'FROM scratch\n' });

/** One backend. */
const backend =
  (props: BackendProps) =>
  (app: Application): void => {
    new Backend(app, 'api', props);
  };

/** One image that is built and one that is pulled. */
function shop(app: Application): void {
  new Backend(app, 'api', { image: Image.build('api'), port: 8000 });
  new Backend(app, 'web', { image: 'nginx:1.27', port: 8080 });
}

const built = present(
  usedImages(modelOfApp(shop, docker({ registry }), { folder })).find(({ workload }) => workload === 'api'),
);
const pins = new Map([
  [built.name, pin],
  ['nginx:1.27', pin],
]);

test('a built image has the name under which the registry of the environment has it', () => {
  expect(built.name).toMatch(/^registry\.example\.com\/shop\/shop-api:[0-9a-f]{12}$/);
});

test('a pinned image runs by digest on an engine, and is pulled though it was built', () => {
  const plan = dockerPlan(planOfApp(shop, docker({ registry, images: 'pinned' }), { folder }, pins));
  expect(plan.containers.map(({ name, image, builds }) => ({ name, image, builds }))).toEqual([
    { name: 'api', image: `${built.name}@${digest}`, builds: [] },
    { name: 'web', image: `nginx:1.27@${digest}`, builds: [] },
  ]);
});

test('a pinned image runs by digest in a cluster', () => {
  const place = kubernetes({ namespace: 'shop', registry, images: 'pinned' });
  const text = JSON.stringify(kubernetesPlan(planOfApp(shop, place, { folder }, pins)));
  expect(text.match(/"image":"[^"]*"/g)).toEqual([
    `"image":"${built.name}@${digest}"`,
    `"image":"nginx:1.27@${digest}"`,
  ]);
});

test('an image without a pin runs by its tag where the environment takes any', () => {
  const plan = dockerPlan(planOfApp(shop, docker({ registry }), { folder }, new Map([['nginx:1.26', pin]])));
  expect(plan.containers.map(({ image, builds }) => [image, builds.length])).toEqual([
    [built.name, 1],
    ['nginx:1.27', 0],
  ]);
});

test('an environment of pinned images refuses each that has no digest, and says how it gets one', () => {
  const place = docker({ registry, images: 'pinned' });
  expect(thrownBy(() => planOfApp(shop, place, { folder })).message).toBe(
    [
      `shop/api: image is "${built.name}", but environment dev allows only pinned images: write its digest into images.lock.json with npx catamaran build shop --environment dev --push`,
      'shop/web: image is "nginx:1.27", but environment dev allows only pinned images: write its digest into images.lock.json with npx catamaran images --pin',
    ].join('\n'),
  );
});

test('an image without a registry has no digest to pin', () => {
  const api = backend({ image: Image.build('api'), port: 8000 });
  expect(thrownBy(() => planOfApp(api, docker({ images: 'pinned' }), { folder })).message).toMatch(
    /^shop\/api: image is "shop-api:[0-9a-f]{12}", but environment dev allows only pinned images: write a registry in the environment, and run npx catamaran build shop --environment dev --push$/,
  );
});

test('an image that is named by its digest needs no pin', () => {
  const api = backend({ image: `api@${digest}`, port: 8000 });
  const plan = dockerPlan(planOfApp(api, docker({ images: 'pinned' })));
  expect(plan.containers.map(({ image }) => image)).toEqual([`api@${digest}`]);
});

test('unused pins are reported, with the images that replaced them', () => {
  const used = usedImages(modelOfApp(shop, docker({ registry }), { folder }));
  const stale = new Map([
    [`${registry}/shop-api:0123456789ab`, pin],
    ['nginx:1.26', pin],
    ['nginx:1.27', pin],
    ['mongo:7.0', pin],
  ]);
  expect(unusedPins(stale, used)).toEqual([
    {
      path: 'images.lock.json',
      field: 'images',
      got: `${registry}/shop-api:0123456789ab`,
      write: `pin ${built.name} instead, with npx catamaran build --push`,
      sentence: `images has a pin for "${registry}/shop-api:0123456789ab", which no application uses: pin ${built.name} instead, with npx catamaran build --push`,
    },
    {
      path: 'images.lock.json',
      field: 'images',
      got: 'nginx:1.26',
      write: 'pin nginx:1.27 instead, with npx catamaran images --pin',
      sentence:
        'images has a pin for "nginx:1.26", which no application uses: pin nginx:1.27 instead, with npx catamaran images --pin',
    },
    {
      path: 'images.lock.json',
      field: 'images',
      got: 'mongo:7.0',
      write: 'remove it with npx catamaran images --pin',
      sentence:
        'images has a pin for "mongo:7.0", which no application uses: remove it with npx catamaran images --pin',
    },
  ]);
});

test('the platforms of a build are part of its tag', () => {
  const tagFor = (platforms: ('linux/amd64' | 'linux/arm64')[]) => {
    const api = backend({ image: Image.build('api', { platforms }), port: 8000 });
    return usedImages(modelOfApp(api, docker(), { folder })).map(({ name }) => name);
  };
  expect(tagFor(['linux/amd64'])).not.toEqual(tagFor(['linux/amd64', 'linux/arm64']));
});

test('an unknown platform is refused, even without a compiler', () => {
  const options = JSON.parse('{"platforms":["linux/amd65"]}') as BuildOptions;
  expect(thrownBy(() => Image.build('api', options)).message).toBe(
    'Image.build: platforms[0] is "linux/amd65": write one of linux/386, linux/amd64, linux/arm/v6, ' +
      'linux/arm/v7, linux/arm64, linux/ppc64le, linux/riscv64, linux/s390x',
  );
});

test.each([
  [
    { registry: 'https://registry.example.com' },
    'registry is "https://registry.example.com": write registry.example.com, without https://',
  ],
  [
    { registry, pullSecret: 'Registry' },
    'pullSecret is "Registry": write registry: only lower-case letters, digits, - and . are allowed',
  ],
])('a mistake of an environment is told: %j', (place, message) => {
  const inCluster = kubernetes({ namespace: 'shop', ...place });
  expect(thrownBy(() => planOfApp(shop, inCluster, { folder })).message).toBe(`shop (dev): ${message}`);
});

test('every pod names the Secret that its images are pulled with', () => {
  const place = kubernetes({ namespace: 'shop', registry, pullSecret: 'registry' });
  const text = JSON.stringify(kubernetesPlan(planOfApp(shop, place, { folder })));
  expect(text.match(/"imagePullSecrets":\[[^\]]*\]/g)).toEqual(
    Array.from({ length: 2 }, () => '"imagePullSecrets":[{"name":"registry"}]'),
  );
});

test('an override cannot put an image without a digest in the place of a pinned one', () => {
  const nightly = backend({ image: `api@${digest}`, port: 8000 });
  const inContainer = dockerContainer({
    reason: 'a fix',
    change: (container) => ({ ...container, image: 'api:fixed' }),
  });
  const inPod = kubernetesObject('Deployment', {
    reason: 'a fix',
    change: ({ spec, ...deployment }) => ({
      ...deployment,
      spec: {
        ...spec,
        template: {
          ...spec.template,
          spec: {
            ...spec.template.spec,
            containers: spec.template.spec.containers.map((one) => ({ ...one, image: 'api:fixed' })),
          },
        },
      },
    }),
  });
  const message =
    'shop (dev): components.api.overrides sets the image "api:fixed", but environment dev allows only pinned images: ' +
    'write the image with its digest';
  const onEngine = { components: { api: { overrides: [inContainer] } } };
  const inCluster = { namespace: 'shop', components: { api: { overrides: [inPod] } } };
  expect(thrownBy(() => planOfApp(nightly, docker({ ...onEngine, images: 'pinned' }))).message).toBe(message);
  expect(thrownBy(() => planOfApp(nightly, kubernetes({ ...inCluster, images: 'pinned' }))).message).toBe(
    message,
  );
  expect(dockerPlan(planOfApp(nightly, docker(onEngine))).containers[0]?.image).toBe('api:fixed');
});
