import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { Backend, formatIssue, Image, Secret, type Application, type BuildOptions } from 'catamaran';
import type { BuildSource } from '../../../constructs/values/image';
import type { ImageModel } from '../../../constructs/model/image';
import { application, issuesOfApp, modelOfApp, onDocker, present } from '../../support/application';
import { projectOf, writeFiles } from '../../support/project';

const sources = { 'api/Dockerfile': 'FROM scratch\n', 'api/app.py': 'print(1)\n', 'api/lib/a.py': 'a\n' };

function imageOf(folder: string, image: BuildSource = Image.build('api'), name = 'shop'): ImageModel {
  const model = modelOfApp((app) => new Backend(app, 'api', { image, port: 8000 }), onDocker, {
    folder,
    name,
  });
  return present(model.workloads[0]).image;
}

function tagOf(folder: string, image?: BuildSource): string {
  const built = imageOf(folder, image);
  return built.kind === 'build' ? built.tag : 'not built';
}

/** The tags before and after a change of the sources. */
function change(files: Readonly<Record<string, string>>, before = sources): [string, string] {
  const folder = projectOf(before);
  const tag = tagOf(folder);
  writeFiles(folder, files);
  return [tag, tagOf(folder)];
}

test('a built image has its build context, and a name of application and folder', () => {
  expect(imageOf(projectOf(sources))).toEqual({
    kind: 'build',
    repository: 'shop-api',
    tag: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    context: 'api',
    dockerfile: 'Dockerfile',
    platforms: [],
    target: '',
    args: {},
    secrets: {},
  });
});

test.each([
  ['.', 'shop'],
  ['API', 'shop-api'],
  ['./services/api_v2/', 'shop-services-api-v2'],
])('the image of the folder %s is named %s', (context, repository) => {
  const folder = projectOf({ [join(context, 'Dockerfile')]: 'FROM scratch\n' });
  expect(imageOf(folder, Image.build(context))).toMatchObject({ repository, context });
});

test('the same files give the same tag in any folder', () => {
  expect(tagOf(projectOf(sources))).toBe(tagOf(projectOf(sources)));
});

test.each<[string, Record<string, string>]>([
  ['a changed file', { 'api/app.py': 'print(2)\n' }],
  ['a changed file in a folder', { 'api/lib/a.py': 'b\n' }],
  ['a changed Dockerfile', { 'api/Dockerfile': 'FROM alpine:3.20\n' }],
  ['a new file', { 'api/new.py': '' }],
  ['a new hidden file', { 'api/.env.defaults': '' }],
])('%s gives another tag', (_, files) => {
  const [before, after] = change(files);
  expect(after).not.toBe(before);
});

test('a file that is renamed gives another tag', () => {
  expect(tagOf(projectOf({ 'api/Dockerfile': '', 'api/a': 'x' }))).not.toBe(
    tagOf(projectOf({ 'api/Dockerfile': '', 'api/b': 'x' })),
  );
});

test('a file outside of the build context changes nothing', () => {
  const [before, after] = change({ 'web/app.js': '', 'readme.md': '' });
  expect(after).toBe(before);
});

test('a program that becomes executable gives another tag; other permissions change nothing', () => {
  const folder = projectOf(sources);
  const file = join(folder, 'api/app.py');
  chmodSync(file, 0o644);
  const tag = tagOf(folder);
  chmodSync(file, 0o600);
  expect(tagOf(folder)).toBe(tag);
  chmodSync(file, 0o744);
  expect(tagOf(folder)).not.toBe(tag);
});

test('two Dockerfiles of one folder make two images', () => {
  const folder = projectOf({ ...sources, 'api/Dockerfile.worker': 'FROM scratch\n' });
  const worker = Image.build('api', { dockerfile: 'Dockerfile.worker' });
  expect(imageOf(folder, worker)).toMatchObject({ dockerfile: 'Dockerfile.worker', repository: 'shop-api' });
  expect(tagOf(folder, worker)).not.toBe(tagOf(folder));
});

describe('what .dockerignore names', () => {
  const ignoring = { ...sources, 'api/.dockerignore': '# caches\n**/*.pyc\nnode_modules\n*.md\n!keep.md\n' };

  test.each(['api/app.pyc', 'api/lib/deep/a.pyc', 'api/node_modules/a/b.js', 'api/readme.md'])(
    'does not change the tag: %s',
    (file) => {
      const [before, after] = change({ [file]: 'changed' }, ignoring);
      expect(after).toBe(before);
    },
  );

  test.each(['api/keep.md', 'api/lib/readme.md', 'api/lib/node_modules.js'])(
    'does not apply to other files: %s',
    (file) => {
      const [before, after] = change({ [file]: 'changed' }, ignoring);
      expect(after).not.toBe(before);
    },
  );
});

describe('stages, arguments and secrets', () => {
  const dockerfile =
    'FROM scratch AS base\nARG VERSION\nRUN --mount=type=secret,id=token true\nFROM base AS Production\n';
  const folder = projectOf({ ...sources, 'api/Dockerfile': dockerfile });
  const token = { token: Secret.named('NPM_TOKEN') };

  test('each makes another tag of the same repository, and what is left out adds nothing', () => {
    const plain = tagOf(folder);
    const images = [
      Image.build('api', { target: 'base' }),
      Image.build('api', { args: { VERSION: '1' } }),
      Image.build('api', { args: { VERSION: '2' } }),
      Image.build('api', { secrets: token }),
    ];
    const tags = [plain, ...images.map((image) => tagOf(folder, image))];
    expect(new Set(tags).size).toBe(5);
    expect(tagOf(folder, Image.build('api', { args: {}, secrets: {} }))).toBe(plain);
  });

  test('a secret of a build is none of the application', () => {
    const build = (app: Application) =>
      new Backend(app, 'api', { image: Image.build('api', { secrets: token }), port: 8000 });
    expect(modelOfApp(build, onDocker, { folder })).toMatchObject({
      secrets: [],
      workloads: [{ image: { secrets: { token: 'NPM_TOKEN' } } }],
    });
  });

  const file = join(folder, 'api/Dockerfile');
  test.each<[() => BuildOptions, string]>([
    [() => ({ target: 'prod' }), `image.target is "prod": write a stage of ${file}: base, Production`],
    [() => ({ target: '2' }), `image.target is "2": write a stage of ${file}: base, Production`],
    [
      () => ({ args: { 'A B': '1' } }),
      'image.args has "A B": write A_B: only letters, digits and _ are allowed',
    ],
    [
      () => ({ secrets: { 'a,b': Secret.named('A') } }),
      'image.secrets has "a,b": write an id of letters, digits and - . _, such as npm_token',
    ],
  ])('an option that is wrong is refused: %#', (options, message) => {
    const build = (app: Application) =>
      new Backend(app, 'api', { image: Image.build('api', options()), port: 8000 });
    expect(issuesOfApp(build, onDocker, { folder })).toEqual([`shop/api: ${message}`]);
  });

  test('what the Dockerfile does not use is a warning', () => {
    const image = Image.build('api', { args: { VERSOIN: '1' }, secrets: { tokne: Secret.named('A') } });
    const app = application((one) => new Backend(one, 'api', { image, port: 8000 }).toModel(), onDocker, {
      folder,
    });
    expect(app.warnings.map(formatIssue)).toEqual([
      `shop/api: image.args has "VERSOIN", which the Dockerfile does not use: write ARG VERSOIN in ${file}, or remove it`,
      `shop/api: image.secrets has "tokne", which the Dockerfile does not use: write RUN --mount=type=secret,id=tokne in ${file}, or remove it`,
    ]);
  });

  test('a target of any case, or a number, is found', () => {
    for (const target of ['production', '1'])
      expect(tagOf(folder, Image.build('api', { target }))).not.toBe('');
  });

  test('a secret as an argument is refused', () => {
    expect(() => Image.build('api', { args: { TOKEN: Secret.named('TOKEN') as never } })).toThrow(
      'Image.build: args.TOKEN is the secret TOKEN: write it in secrets, because arguments stay in the history of the image',
    );
  });
});
