import { createHash, hash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Application } from './application';
import { isFile } from '../values/files';
import type { BuildSource } from '../values/image';
import type { Issue } from '../issue';
import { isObject } from '../model/data';
import type { BuiltImage } from '../model/image';

/**
 * The model of an image that is built from a folder. Its tag is a digest of the files that the build can see, so that
 * the same files give the same tag on every machine, and a changed file gives a new image.
 */
export function buildImage(
  application: Application,
  source: BuildSource,
  report: (issue: Pick<Issue, 'got' | 'write' | 'sentence'>) => void,
): BuiltImage {
  if (!isObject(source) || typeof source.context !== 'string') {
    report({ got: source, write: "an image with a tag, such as 'api:1.0', or Image.build('folder')" });
    return { kind: 'build', repository: application.name, tag: 'missing', ...noSource };
  }
  const folder = join(application.folder, source.context);
  const dockerfile = join(folder, source.dockerfile);
  const found = isFile(dockerfile);
  if (!found) {
    const write = "a folder with a Dockerfile, relative to the application's folder";
    report({
      got: dockerfile,
      write,
      sentence: `image needs ${dockerfile}, which is missing: write ${write}`,
    });
  }
  const files = found ? filesOf(folder) : [];
  for (const file of files.filter((one) => one === secretFile(folder, application))) {
    const [got, write] = [join(folder, file), `${file} into ${join(folder, '.dockerignore')}`];
    report({ got, write, sentence: `image would contain the secrets of ${got}: write ${write}` });
  }
  const { registry } = application.environment;
  const part = source.context.replace(/[^a-z0-9]+/gi, '-').replace(/^-+|-+$/g, '');
  return {
    kind: 'build',
    repository: `${registry === undefined ? '' : `${registry}/`}${[application.name, part]
      .filter((name) => name !== '')
      .join('-')
      .toLowerCase()}`,
    tag: found ? digestOf(folder, files, source) : 'missing',
    ...source,
  };
}

const noSource: BuildSource = { context: '', dockerfile: '', platforms: [] };

/** The file of secrets of an application, relative to a folder; undefined if its environment has none. */
function secretFile(folder: string, { environment, folder: own }: Application): string | undefined {
  const { secrets } = environment;
  const source = secrets.kind === 'generated' ? secrets.others : secrets;
  return source.kind === 'env-file' ? relative(folder, join(own, source.file)) : undefined;
}

function digestOf(folder: string, files: readonly string[], { dockerfile, platforms }: BuildSource): string {
  const digest = createHash('sha256')
    .update([dockerfile, ...platforms].map((line) => `${line}\n`).join(''))
    .update(readFileSync(join(folder, dockerfile)));
  for (const file of files) digest.update(`\n${file} ${describeFile(join(folder, file))}`);
  return digest.digest('hex').slice(0, 12);
}

function describeFile(file: string): string {
  const status = lstatSync(file);
  if (status.isSymbolicLink()) return `-> ${readlinkSync(file)}`;
  const kind = (status.mode & 0o100) === 0 ? 'file' : 'program';
  return `${kind} ${hash('sha256', readFileSync(file), 'hex')}`;
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length));
  const ignore = join(folder, '.dockerignore');
  return (existsSync(ignore) ? notIgnored(files, readFileSync(ignore, 'utf8')) : files).sort();
}

function notIgnored(files: string[], rules: string): string[] {
  // This package is loaded only if it is needed: most projects have no .dockerignore, and they start faster.
  const { default: dockerignore } = require('@balena/dockerignore') as typeof import('@balena/dockerignore');
  return dockerignore().add(rules).filter(files);
}
