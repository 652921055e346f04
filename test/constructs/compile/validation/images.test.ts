import { Image } from 'catamaran';
import { resolve } from 'node:path';
import { issuesOfApp, onDocker, withProps } from '../../../support/application';

describe('an image', () => {
  test.each([
    ['nginx', 'an image with a tag or a digest, such as nginx:1.27'],
    ['registry:5000/nginx', 'an image with a tag or a digest, such as registry:5000/nginx:1.27'],
    ['', 'an image with a tag or a digest, such as nginx:1.27'],
    ['nginx@sha256:abc', 'a lower-case image name with a tag or a digest, such as nginx:1.27'],
    ['REPLACE_IMG', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['REPLACE_IMG:1.0', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['${IMAGE}:1.0', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['api:<tag>', 'the name of an image instead of the placeholder, such as nginx:1.27'],
    ['Api:1.0', 'a lower-case image name with a tag or a digest, such as nginx:1.27'],
    ['my api:1.0', 'a lower-case image name with a tag or a digest, such as nginx:1.27'],
  ])('%p is refused', (image, write) => {
    expect(issuesOfApp(withProps({ image }))).toEqual([
      `shop/api: image is ${JSON.stringify(image)}: write ${write}`,
    ]);
  });

  test.each([
    'nginx:1.27',
    'registry.example.com:5000/team/api:v1.0_rc-1',
    `nginx@sha256:${'0'.repeat(64)}`,
    `nginx:1.27@sha256:${'f'.repeat(64)}`,
  ])('%s is taken', (image) => {
    expect(() => issuesOfApp(withProps({ image }))).toThrow('expected issues, and there was none');
  });

  test('that is built needs a Dockerfile', () => {
    const folder = resolve(__dirname);
    expect(issuesOfApp(withProps({ image: Image.build('nowhere') }), onDocker, { folder })).toEqual([
      `shop/api: image needs ${folder}/nowhere/Dockerfile, which is missing: write a folder with a Dockerfile, ` +
        "relative to the application's folder",
    ]);
  });
});
