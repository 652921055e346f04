import { Backend, Image } from 'catamaran';
import { versionedImages } from '../../../docker/policy/versioned-images';
import { onDocker, planOfApp } from '../../support/application';
import { foundAfter } from '../../support/docker-policy';
import { projectOf } from '../../support/project';
import { dockerPlan } from '../../support/written';

function found(image: string) {
  return foundAfter(versionedImages, 'api', (container) => ({ ...container, image }));
}

test.each(['api', 'registry.example.com:5000/api', 'api:latest', 'team/api:stable', 'api:main'])(
  '%s is found, since it can be another image at another time',
  (got) => {
    expect(found(got)).toEqual([
      {
        workload: 'api',
        field: 'image',
        got,
        write: 'the image with the tag of a version, or npx catamaran images --pin',
      },
    ]);
  },
);

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  'api:1.0',
  'registry.example.com:5000/api:2025-01-31',
  `api@${digest}`,
  `api:latest@${digest}`,
  'nginx:1.27-latest',
])('%s is one version', (image) => {
  expect(found(image)).toEqual([]);
});

test('an image that is built from its sources keeps the policy', () => {
  const folder = projectOf({ Dockerfile: 'FROM scratch\n' });
  const planned = planOfApp(
    (app) => new Backend(app, 'api', { image: Image.build('.'), port: 8000 }),
    onDocker,
    {
      folder,
    },
  );
  const plan = dockerPlan(planned);
  const untagged = plan.containers.map((container) => ({ ...container, image: 'shop' }));
  expect(versionedImages.check({ ...plan, containers: untagged })).toEqual([]);
});
