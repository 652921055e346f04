import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseEnv } from 'node:util';
import { giveToCluster } from './cluster';
import { repository } from './requirements';
import { attempt } from './run';
import type { Additions } from './subjects';
import { sign } from './sign';

/** Where the images of a cluster come from if no testbed stands in for every registry. */
const registry = process.env['CATAMARAN_E2E_REGISTRY'];

/** An application, and its names and ports in one test file. */
export interface Copied {
  readonly name: string;
  /** The name of its Docker environment. */
  readonly environment: string;
  readonly namespace: string;
  readonly hostPort: number;
  /** Undefined where it is published at no node's port. */
  readonly nodePort: number | undefined;
  /** The port of the host that the application names itself. */
  readonly published: number;
  /** @default nothing */
  readonly additions?: Additions;
}

/** The namespace of production: no two environments may have the same. */
export function liveNamespace({ namespace }: Copied): string {
  return `${namespace}-live`;
}

/**
 * A copy of the project that a test may change. Names and ports are its own, so that what a developer has
 * deployed is never touched.
 */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'catamaran-e2e-'));

  /** Everything that commands have printed. */
  readonly printed: string[] = [];

  constructor(private readonly subject: Copied) {
    for (const name of ['package.json', 'Pulumi.yaml', 'lib', join('stacks', subject.name)])
      cpSync(join(repository, name), join(this.folder, name), {
        recursive: true,
        filter: (source) => basename(source) !== '.env',
      });
    symlinkSync(join(repository, 'node_modules'), join(this.folder, 'node_modules'));
    this.edit('environments.ts', 'dev: docker(', `${subject.environment}: docker(`);
    this.edit('environments.ts', `namespace: '${subject.name}-staging'`, `namespace: '${subject.namespace}'`);
    this.edit('environments.ts', `namespace: '${subject.name}',`, `namespace: '${liveNamespace(subject)}',`);
    if (subject.nodePort !== undefined) this.publishAt(subject.nodePort);
    this.edit('application.ts', `publish: ${subject.published}`, `publish: ${subject.hostPort}`);
    this.add(subject.additions);
    if (registry !== undefined) this.edit('environments.ts', 'registry.example.com', registry);
  }

  private add({ before, files }: Additions = { before: [], files: {} }): void {
    for (const [text, added] of before) this.edit('application.ts', text, added + text);
    for (const [place, source] of Object.entries(files))
      cpSync(join(repository, 'test/e2e', source), join(this.folder, 'stacks', this.subject.name, place));
  }

  /** Publishes the first environment on a cluster at a port of its nodes. */
  publishAt(nodePort: number): void {
    const path = join(this.folder, 'stacks', this.subject.name, 'environments.ts');
    const before = readFileSync(path, 'utf8');
    const expose = /expose: (?:loadBalancer\((\d+)\)|nodePort\(\d+\))/;
    const after = before.replace(expose, (_, port = '80') => `expose: nodePort(${nodePort}, ${port})`);
    if (after === before) throw new Error(`${path} publishes nothing on a cluster`);
    writeFileSync(path, `import { nodePort } from 'catamaran';\n${after.replace(/\bnodePort,/, '')}`);
  }

  /** Has every answer of the application signed. */
  sign(): void {
    sign(join(this.folder, 'stacks', this.subject.name));
  }

  /** Replaces a text in a file of the application, which must have it. */
  edit(file: string, text: string, replacement: string): void {
    this.rewrite(join('stacks', this.subject.name, file), text, replacement);
  }

  /** Replaces a text in a file of the project, which must have it. */
  rewrite(file: string, text: string, replacement: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
    writeFileSync(path, before.replaceAll(text, replacement));
  }

  /** Runs a command of catamaran; returns what it prints. */
  catamaran(...args: readonly string[]): Promise<string> {
    return this.run(process.execPath, 'lib/cli/main.js', ...args);
  }

  /** Runs a command in the folder, which must succeed; what it prints can be read later, as in a log of CI. */
  async run(program: string, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await attempt(program, args, { cwd: this.folder });
    this.printed.push(stdout, stderr);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${stderr}\n${stdout}`);
    return stdout;
  }

  /** Writes the files of one environment; returns their folder. */
  async written(environment: string): Promise<string> {
    await this.catamaran('synth', this.subject.name, '--environment', environment);
    return join(this.folder, 'dist', this.subject.name, environment);
  }

  /** Makes a value for every secret. */
  async makeSecrets(): Promise<void> {
    const example = join(this.folder, 'stacks', this.subject.name, '.env.example');
    if (existsSync(example)) writeFileSync(this.secretsFile, planted(readFileSync(example, 'utf8')));
    await this.catamaran('secrets', this.subject.name, '--environment', this.subject.environment, '--init');
  }

  /** The file with the values of the secrets. */
  get secretsFile(): string {
    return join(this.folder, 'stacks', this.subject.name, '.env');
  }

  /** The values that must be seen nowhere; what is short, such as a number of minutes, is anywhere. */
  get secretValues(): Readonly<Record<string, string>> {
    const values = Object.entries(parseEnv(readFileSync(this.secretsFile, 'utf8')));
    return Object.fromEntries(
      values.flatMap(([name, value]) => (value !== undefined && value.length >= 16 ? [[name, value]] : [])),
    );
  }

  /** Who reads which secret, and how, as the report of the stack says: `backend (variable): API_KEY`. */
  async reportedSecrets(environment: string): Promise<string[]> {
    const report = await this.catamaran('secrets', this.subject.name, '--environment', environment);
    const rows = report.split('\n').map((line) => line.split(/ {2,}/));
    return rows.flatMap(([name = '', , readers = '']) =>
      [...readers.matchAll(/([\w-]+) \(([^)]*)\)/g)].flatMap(([, reader, ways = '']) =>
        ways.split(' and ').map((way) => `${reader} (${way}): ${name}`),
      ),
    );
  }

  /** Builds the images of an application for the cluster, and brings them there. */
  async buildForCluster(): Promise<void> {
    const args = ['build', this.subject.name, '--environment', 'staging'];
    const images = (await this.catamaran(...args, ...(registry === undefined ? [] : ['--push']))).trim();
    if (registry === undefined) await giveToCluster(images.split('\n'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Values with all that URLs, JSON and base64 write in another way, in place of those that stand for somebody's. */
function planted(example: string): string {
  return example.replace(/=development$/gm, () => `='planted/1 ?&=%é"-${randomBytes(8).toString('hex')}'`);
}
