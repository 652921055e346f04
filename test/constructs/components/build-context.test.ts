import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Application, Backend, defineStack, docker, envFile, generated, Image, IssuesError } from 'catamaran';
import { buildContext } from '../../../constructs/components/build-context';
import { compile } from '../../../constructs/compile/compile';
import type { Environment } from '../../../constructs/environment/environment';
import { targetFor } from '../../../constructs/pipeline/plan';
import { targets } from '../../../cli/targets';
import { issuesOfApp, onDocker, planOfApp } from '../../support/application';
import { projectOf } from '../../support/project';

const filesIn = (files: Readonly<Record<string, string>>, dockerfile = 'Dockerfile') => {
  const folder = projectOf(files);
  return buildContext(folder, join(folder, dockerfile));
};
const base = { Dockerfile: 'FROM scratch\n', 'a.txt': '', 'b.txt': '' };

describe('the ignore file that counts', () => {
  test('is the one beside the Dockerfile, even if it is empty', () => {
    const both = { ...base, '.dockerignore': 'a.txt\n' };
    expect(filesIn(both).files).toEqual(['.dockerignore', 'Dockerfile', 'b.txt']);
    expect(filesIn({ ...both, 'Dockerfile.dockerignore': 'b.txt\n' }).files).toEqual([
      '.dockerignore',
      'Dockerfile',
      'Dockerfile.dockerignore',
      'a.txt',
    ]);
    expect(filesIn({ ...both, 'Dockerfile.dockerignore': '' }).files).toContain('a.txt');
  });

  test('is beside a Dockerfile in another folder', () => {
    const files = { ...base, '.dockerignore': 'a.txt\n', 'sub/Dockerfile': '' };
    expect(filesIn({ ...files, 'sub/Dockerfile.dockerignore': 'b.txt\n' }, 'sub/Dockerfile').files).toEqual(
      expect.arrayContaining(['a.txt']),
    );
    expect(filesIn(files, 'sub/Dockerfile').files).not.toContain('a.txt');
  });

  test('is beside a Dockerfile outside of the context', () => {
    const folder = projectOf({
      Dockerfile: '',
      'Dockerfile.dockerignore': 'a.txt\n',
      'api/a.txt': '',
      'api/b.txt': '',
    });
    const image = Image.build('api', { dockerfile: '../Dockerfile' });
    expect(buildContext(join(folder, 'api'), join(folder, 'api', image.dockerfile)).files).toEqual(['b.txt']);
  });
});

describe('a context at the root of the repository', () => {
  const root = { ...base, '.git/HEAD': 'ref', 'vendor/lib/.git': 'gitdir: x', 'vendor/lib/a.c': '' };
  const written = { ...root, 'dist/.catamaran-raft': '', 'dist/shop/dev/compose.yaml': 'x' };
  const build = (app: Application) => new Backend(app, 'api', { image: Image.build('.'), port: 8000 });
  const imageIn = (files: Readonly<Record<string, string>>) => {
    const planned = planOfApp(build, onDocker, { folder: projectOf(files) });
    return planned.images.map(({ name }) => name);
  };

  test('has neither .git nor the output folder, whatever its name', () => {
    expect(filesIn(written)).toMatchObject({
      files: ['Dockerfile', 'a.txt', 'b.txt', 'vendor/lib/a.c'],
      leftOut: ['.git', 'dist', 'vendor/lib/.git'],
    });
    expect(filesIn({ ...base, 'out/here/.catamaran-raft': '' }).leftOut).toEqual(['out/here']);
  });

  test('gives the same tag before and after the first synth', () => {
    expect(imageIn(written)).toEqual(imageIn(root));
    expect(imageIn({ ...root, 'dist/page.html': '' })).not.toEqual(imageIn(root));
  });

  test('is told with what to ignore; with it, there is nothing to tell', () => {
    const folder = projectOf(written);
    const { application } = planOfApp(build, onDocker, { folder });
    expect(application.warnings).toEqual([
      {
        path: 'shop/api',
        field: 'image',
        got: 'is built from a folder with .git and dist and vendor/lib/.git, which its tag and catamaran build leave out',
        write: `.git and dist and vendor/lib/.git into ${folder}/.dockerignore, so that compose and Pulumi leave them out as well`,
        sentence: `image is built from a folder with .git and dist and vendor/lib/.git, which its tag and catamaran build leave out: write .git and dist and vendor/lib/.git into ${folder}/.dockerignore, so that compose and Pulumi leave them out as well`,
      },
    ]);
    const ignored = projectOf({ ...written, '.dockerignore': '**/.git\ndist/**\n' });
    expect(planOfApp(build, onDocker, { folder: ignored }).application.warnings).toEqual([]);
  });
});

describe('no image contains a file of secrets', () => {
  class Shop extends Application {
    constructor(environment: Environment) {
      super('shop', environment, { folder: Shop.place });
      new Backend(this, 'api', { image: Image.build('api'), port: 8000 });
    }
    static place = '';
  }
  const stack = defineStack(Shop, {
    dev: docker({ secrets: envFile('api/.env') }),
    live: docker({ secrets: generated({ others: envFile('api/live.env') }) }),
  });
  const sources = { 'api/Dockerfile': 'FROM scratch\n' };
  const issuesIn = (folder: string): string[] => {
    Shop.place = folder;
    const application = stack.create(stack.environments.dev);
    try {
      compile(application, targetFor(application, targets));
      return [];
    } catch (error) {
      return error instanceof IssuesError ? error.message.split('\n') : [String(error)];
    }
  };
  const refused = (folder: string, file: string, ignore = '.dockerignore') =>
    `shop/api: image would contain the secrets of ${folder}/api/${file}: write ${file} into ${folder}/api/${ignore}`;

  test('of any environment', () => {
    const folder = projectOf({ ...sources, 'api/.env': 'A=b\n', 'api/live.env': 'A=b\n' });
    expect(issuesIn(folder)).toEqual([refused(folder, '.env'), refused(folder, 'live.env')]);
    expect(issuesIn(projectOf({ ...sources, 'api/live.env': '', 'api/.dockerignore': '*.env\n' }))).toEqual(
      [],
    );
  });

  test('that the wrong ignore file names', () => {
    const folder = projectOf({
      ...sources,
      'api/.env': 'A=b\n',
      'api/.dockerignore': '.env\n',
      'api/Dockerfile.dockerignore': '*.md\n',
    });
    expect(issuesIn(folder)).toEqual([refused(folder, '.env', 'Dockerfile.dockerignore')]);
  });

  test('that a symbolic link leads to, or that is a link into the context', () => {
    const folder = projectOf({ ...sources, 'api/.env': 'A=b\n', 'api/.dockerignore': '.env\n' });
    symlinkSync('.env', join(folder, 'api/settings'));
    expect(issuesIn(folder)).toEqual([refused(folder, 'settings')]);
    const linked = projectOf({ ...sources, 'api/real': 'A=b\n', 'api/.dockerignore': '.env\n' });
    symlinkSync('real', join(linked, 'api/.env'));
    expect(issuesIn(linked)).toEqual([refused(linked, 'real')]);
  });
});

test('a Dockerfile outside of the context needs its own ignore file for a file of secrets', () => {
  const folder = projectOf({ Dockerfile: '', 'api/.env': '', 'Dockerfile.dockerignore': '*.md\n' });
  const image = Image.build('api', { dockerfile: '../Dockerfile' });
  const place = docker({ secrets: envFile('api/.env') });
  expect(issuesOfApp((app) => new Backend(app, 'api', { image, port: 8000 }), place, { folder })).toEqual([
    `shop/api: image would contain the secrets of ${folder}/api/.env: write .env into ${folder}/Dockerfile.dockerignore`,
  ]);
});
