import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { IssuesError, type Issue } from '../../constructs/issue';
import { isLabel, labelFormProblem } from '../../constructs/model/name';
import { limits } from '../../constructs/model/limits';
import { counted } from '../../constructs/target/amounts';
import { makeFolder, writePublicFile } from '../../constructs/target/write-file';
import { defineCommand } from '../command';
import { inWords, stackExtensions, withSlashes } from '../project/files';
import { packageFolder } from '../project/own-code';
import { readPackage, type Package } from '../project/package';

/** The name of the application in the templates. */
const starter = 'starter';

/** The published port in the templates. */
const starterPort = 8080;

/** The longest text that the templates append to the name of the application. */
const suffix = '-production-backend';

const templates = join(packageFolder(), 'templates');

/** The parts of the new stack that differ from the templates. */
interface NewStack {
  readonly name: string;
  /** The mail address of the owner; undefined if none was given. */
  readonly owner: string | undefined;
  readonly port: number;
  readonly runner: TestRunner;
}

/**
 * Writes a small stack to start from, its test, and files that the project lacks.
 * @throws IssuesError if the name or the owner is invalid, or the name is taken; then nothing is written
 */
export const newStack = defineCommand({
  name: 'new',
  summary: 'Write a small stack to start from, and its test',
  arguments: {
    application: { summary: 'a name for the application, such as shop', required: true },
  },
  options: {
    owner: { value: 'address', summary: 'the mail address of the owner of the application' },
  },
  examples: ['catamaran new shop --owner team@example.com'],
  writes: () => true,
  run({ application: name, owner }, { project }) {
    const found = readPackage(project);
    const issues = [
      ...nameIssues(name),
      ...(found ? [] : [noProject]),
      ...(isLabel(name) ? takenIssues(project, name) : []),
      ...ownerIssues(owner),
    ];
    if (issues.length > 0) throw new IssuesError(issues);
    const port = freePort(join(project, 'stacks'));
    const stack: NewStack = { name, owner, port, runner: runnerOf(found) };
    const files = new Map([...projectFiles(project), ...stackFiles(stack)]);
    writeAll(project, files);
    for (const file of files.keys()) console.log(file);
    console.log(`\nNext:\n${nextSteps(stack).join('\n')}`);
    if (owner === undefined) console.log(`\n${ownerAdvice(name)}`);
  },
});

function nextSteps({ name, port, runner }: NewStack): string[] {
  return [
    `  npx catamaran synth ${name}`,
    `  ${runner.command} test/${name}.test.ts`,
    `  docker compose -f dist/${name}/dev/compose.yaml up --detach --wait && curl http://localhost:${port}/`,
  ];
}

function ownerAdvice(name: string): string {
  return `${name} has no owner yet. Write { owner: { email: 'team@example.com' } } into the props in stacks/${name}/application.ts, so that others know whom to ask.`;
}

/** The issue if the folder is not a project, because it has no package.json. */
const noProject: Issue = {
  path: 'catamaran new',
  field: 'package.json',
  got: undefined,
  write: 'it with npm init -y && npm install catamaran',
  sentence: 'package.json is missing: run npm init -y && npm install catamaran first',
};

function nameIssues(got: string): Issue[] {
  const issue = { path: 'catamaran new', field: 'application', got };
  const write = labelFormProblem(got);
  if (write !== undefined) return [{ ...issue, write }];
  const over = got.length + suffix.length - limits.deployedName.most;
  return over > 0 ? [{ ...issue, write: `a name that is ${counted(over, 'character')} shorter` }] : [];
}

// The address is written into source code and into an annotation, so only characters that need no quoting are allowed.
function ownerIssues(got: string | undefined): Issue[] {
  if (got === undefined || /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(got)) return [];
  return [{ path: 'catamaran new', field: '--owner', got, write: 'an address, such as team@example.com' }];
}

function takenIssues(project: string, name: string): Issue[] {
  const issue = { path: 'catamaran new', field: 'application', got: name };
  const taken = ['', ...stackExtensions].map((extension) => `stacks/${name}${extension}`);
  const found = [...taken, `test/${name}.test.ts`].filter((file) => existsSync(join(project, file)));
  return found.map((file) => ({ ...issue, write: `another name, because ${file} exists` }));
}

/** The test runner of a project. */
interface TestRunner {
  readonly module: string;
  /** The start of a test in the source code. With `node:test` it returns a promise that nobody needs to await. */
  readonly call: string;
  readonly command: string;
}

function runnerOf(project: Package | undefined): TestRunner {
  if (project?.needed.has('jest')) return { module: '@jest/globals', call: 'test(', command: 'npx jest' };
  if (project?.needed.has('vitest')) return { module: 'vitest', call: 'test(', command: 'npx vitest run' };
  return { module: 'node:test', call: 'void test(', command: 'node --require catamaran/register --test' };
}

/** The first port that no stack of the project contains, starting with the port of the templates. */
function freePort(stacks: string): number {
  const texts = filesOf(stacks)
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  const named = new Set(texts.flatMap((text) => text.match(/\b\d{4}\b/g)));
  let port = starterPort;
  while (named.has(String(port))) port++;
  return port;
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = inWords(folder, () => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The files of the stack by path. The name of the application replaces the name in the templates. */
function stackFiles({ name, owner, port, runner }: NewStack): [string, string][] {
  const folder = join(templates, 'stack');
  const title = name.replace(/(?:^|-+)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
  const renamed = (text: string) => text.replaceAll(starter, name).replaceAll('Starter', title);
  return filesOf(folder).map((file) => {
    const text = renamed(readFileSync(file, 'utf8'))
      .replace('{ folder: __dirname }', props(owner))
      .replaceAll(String(starterPort), String(port))
      .replace("'@jest/globals'", `'${runner.module}'`)
      .replace(/^test\(/gm, runner.call);
    return [renamed(withSlashes(relative(folder, file))), text];
  });
}

function props(owner: string | undefined): string {
  if (owner === undefined) return '{ folder: __dirname }';
  return `{\n      folder: __dirname,\n      owner: { email: '${owner}' },\n    }`;
}

/**
 * Files that every project needs, without those that the project has already. The template of .gitignore has another name,
 * because npm packs no .gitignore.
 */
function projectFiles(project: string): [string, string][] {
  const files: [string, string][] = [
    ['tsconfig.json', 'tsconfig.json'],
    ['.gitignore', 'gitignore'],
  ];
  return files
    .filter(([file]) => !existsSync(join(project, file)))
    .map(([file, template]) => [file, readFileSync(join(templates, 'project', template), 'utf8')]);
}

// Writes all files. If one cannot be written, those before it are removed again with their folders: nothing was written.
function writeAll(project: string, files: ReadonlyMap<string, string>): void {
  const made: string[] = [];
  try {
    for (const [name, content] of files) {
      const file = join(project, name);
      const folder = inWords(file, () => makeFolder(dirname(file)));
      if (folder !== undefined) made.push(folder);
      inWords(file, () => {
        writePublicFile(file, content, 'wx');
      });
      made.push(file);
    }
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
