import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { repository } from './requirements';
import { run } from './run';
import { sign } from './sign';

/** A project of applications that the tests have in folders of their names. */
export class OwnProject {
  readonly folder: string;

  /** @param applications those that it has; the one of its name by default */
  constructor(
    private readonly name: string,
    applications: readonly string[] = [name],
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `catamaran-${name}-`));
    writeFileSync(this.path('package.json'), JSON.stringify({ name }));
    const main = 'node_modules/catamaran/lib/cli/pulumi.js';
    writeFileSync(this.path('Pulumi.yaml'), `name: ${name}\nruntime: nodejs\nmain: ${main}\n`);
    mkdirSync(this.path('node_modules'));
    symlinkSync(repository, this.path('node_modules', 'catamaran'));
    for (const application of applications)
      cpSync(resolve(__dirname, '..', application), this.path('stacks', application), { recursive: true });
  }

  /** A file in the project. */
  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** A file of the application. */
  source(name: string): string {
    return this.path('stacks', this.name, name);
  }

  /** Replaces a text in the application, which must have it. */
  edit(text: string, replacement: string): void {
    const path = this.source('index.ts');
    const before = readFileSync(path, 'utf8');
    if (!before.includes(text)) throw new Error(`${path} has no ${text}`);
    writeFileSync(path, before.replaceAll(text, replacement));
  }

  /** Has every answer of the application signed. */
  sign(): void {
    sign(this.path('stacks', this.name));
  }

  /** Runs a command of catamaran; returns what it prints. */
  catamaran(...args: readonly string[]): Promise<string> {
    return run(process.execPath, [join(repository, 'lib/cli/main.js'), ...args], { cwd: this.folder });
  }

  /** Writes the files of one environment; returns their folder. */
  async written(environment: string, application = this.name): Promise<string> {
    await this.catamaran('synth', application, '--environment', environment);
    return this.path('dist', application, environment);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
