import {
  Cache,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Image,
  SearchEngine,
} from 'catamaran';
import { resolve } from 'node:path';
import { imageName } from '../../../../constructs/model/image';
import { issuesOfApp, modelOfApp, onDocker, withProps } from '../../../support/application';

describe('an image', () => {
  const tagged = 'an image with a tag or a digest';
  const placeholder = 'the name of an image instead of the placeholder, such as postgres:17';
  test.each([
    ['', `${tagged}, such as postgres:17`],
    ['nginx@sha256:abc', 'nginx@sha256:<digest>, where a digest has 64 characters 0-9 and a-f'],
    ['REPLACE_IMG', placeholder],
    ['REPLACE_IMG:1.0', placeholder],
    ['${IMAGE}:1.0', placeholder],
    ['api:<tag>', placeholder],
    ['Postgres:17', 'postgres:17, because the name of an image is in lower case'],
    ['acme/Api:V1', 'acme/api:V1, because the name of an image is in lower case'],
    ['my api:1.0', 'the name of an image of lower-case letters, digits and - . _ /, such as postgres:17'],
    [' api:1.0', 'api:1.0, without spaces around it'],
    ['https://ghcr.io/acme/api:1.0', 'ghcr.io/acme/api:1.0, without https://'],
    ['api:1.0+2', 'a tag of letters, digits and - . _, with at most 128 characters'],
    ['api:1.0:2', 'only one tag, such as api:1.0'],
    ['acme//api:1', 'a name with one / between its parts'],
  ])('%p is refused', (image, write) => {
    expect(issuesOfApp(withProps({ image }))).toEqual([
      `shop/api: image is ${JSON.stringify(image)}: write ${write}`,
    ]);
  });

  const inspect = (name: string) =>
    `${name}:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' ${name} prints`;
  test.each([
    ['postgres', 'postgres', 'postgres:17'],
    ['postgres:', 'postgres', 'postgres:17'],
    ['redis', 'redis', 'redis:7.4'],
    ['nginx', 'nginx', 'nginx:1.29'],
    ['node', 'node', 'node:22'],
    ['grafana/grafana', 'grafana/grafana', 'grafana/grafana:12.2.0'],
    ['docker.io/library/nginx', 'docker.io/library/nginx', 'docker.io/library/nginx:1.29'],
    ['docker.io/gitea/gitea', 'docker.io/gitea/gitea', 'docker.io/gitea/gitea:1.23'],
    ['acme/api', 'acme/api', inspect('acme/api')],
    ['constructor', 'constructor', inspect('constructor')],
    ['registry:5000/nginx', 'registry:5000/nginx', inspect('registry:5000/nginx')],
  ])('%p without a tag is refused, with the tag to write and what it stands for', (image, name, write) => {
    expect(issuesOfApp(withProps({ image }))).toEqual([
      `shop/api: image is "${image}", which stands for ${name}:latest, whatever that is on the day: write ${write}`,
    ]);
  });

  test('of a name that the library uses itself is told its tag', () => {
    const model = modelOfApp((app) => {
      new PostgresDatabase(app, 'a');
      new MysqlDatabase(app, 'b');
      new MariadbDatabase(app, 'c');
      new MongoDatabase(app, 'd');
      new Cache(app, 'e');
      new SearchEngine(app, 'f');
      new ReverseProxy(app, 'g', { routes: [Route.redirect('/', 'https://example.com')] });
    });
    const images = model.workloads.map(({ image }) => imageName(image));
    expect(images).toHaveLength(7);
    for (const image of images) {
      const name = image.replace(/:[^:]*$/, '');
      expect(issuesOfApp(withProps({ image: name }))).toEqual([
        `shop/api: image is "${name}", which stands for ${name}:latest, whatever that is on the day: write ${image}`,
      ]);
    }
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

describe('a registry', () => {
  test.each([
    ['https://ghcr.io/acme', 'ghcr.io/acme, without https://'],
    ['ghcr.io/acme/', 'ghcr.io/acme, without the / at the end'],
    ['ghcr.io/Acme', 'ghcr.io/acme, because the name of an image is in lower case'],
    ['no registry', 'a host and a path, such as registry.example.com/shop'],
  ])('%p is refused', (registry, write) => {
    expect(issuesOfApp(withProps(), { ...onDocker, registry })).toEqual([
      `shop (dev): registry is ${JSON.stringify(registry)}: write ${write}`,
    ]);
  });
});
