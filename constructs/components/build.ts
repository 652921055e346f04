import { createHash, hash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { secretFilesOf } from '../environment/secret-source';
import type { Application } from './application';
import { buildContext, leadingTo } from './build-context';
import { isFile } from '../values/files';
import type { BuildSource } from '../values/image';
import { optionProblems, type BuildIssue } from './build-options';
import { isObject } from '../model/data';
import type { BuiltImage } from '../model/image';
import { sortedEntries } from '../model/sorted';

/**
 * The model of an image that is built from a folder. Its tag is a digest of the files that the build can see, so that
 * the same files give the same tag on every machine, and a changed file gives a new image.
 */
export function buildImage(
  application: Application,
  source: BuildSource,
  { report, warn }: Record<'report' | 'warn', (issue: BuildIssue) => void>,
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
  if (found) {
    const { issues, warnings } = optionProblems(source, dockerfile);
    issues.forEach(report);
    warnings.forEach(warn);
  }
  const context = found ? buildContext(folder, dockerfile) : undefined;
  if (context && context.leftOut.length > 0) {
    const names = context.leftOut.join(' and ');
    const got = `is built from a folder with ${names}, which its tag and catamaran build leave out`;
    const write = `${names} into ${context.ignoreFile}, so that compose and Pulumi leave them out as well`;
    warn({ got, write, sentence: `image ${got}: write ${write}` });
  }
  const secrets = secretFilesOf(application.environment).map((file) => join(application.folder, file));
  for (const file of context ? leadingTo(secrets, folder, context) : []) {
    const [got, write] = [join(folder, file), `${file} into ${context?.ignoreFile}`];
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
    tag: context ? digestOf(folder, context.files, source) : 'missing',
    ...source,
  };
}

/** The text of the Dockerfile of an image; empty if it is missing, which is an issue already. */
export function readDockerfile(folder: string, { context, dockerfile }: BuiltImage): string {
  const file = join(folder, context, dockerfile);
  return isFile(file) ? readFileSync(file, 'utf8') : '';
}

const noSource: BuildSource = {
  context: '',
  dockerfile: '',
  platforms: [],
  target: '',
  args: {},
  secrets: {},
};

// Options that are left out add nothing, so that older tags stay as they are.
function digestOf(folder: string, files: readonly string[], source: BuildSource): string {
  const { dockerfile, platforms, target, args, secrets } = source;
  const options = [
    ...(target === '' ? [] : [['target', target]]),
    ...sortedEntries(args).map(([name, value]) => ['arg', name, value]),
    ...sortedEntries(secrets).map(([id, name]) => ['secret', id, name]),
  ];
  const digest = createHash('sha256')
    .update([dockerfile, ...platforms].map((line) => `${line}\n`).join(''))
    .update(options.map((option) => `${JSON.stringify(option)}\n`).join(''))
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
