import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { repository } from './requirements';

/** A project with one application, which the tests have in a folder of its name. */
export class OwnProject {
  readonly folder: string;

  constructor(private readonly name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `catamaran-${name}-`));
    writeFileSync(join(this.folder, 'package.json'), JSON.stringify({ name }));
    const main = 'node_modules/catamaran/lib/cli/pulumi.js';
    writeFileSync(join(this.folder, 'Pulumi.yaml'), `name: ${name}\nruntime: nodejs\nmain: ${main}\n`);
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(repository, join(this.folder, 'node_modules', 'catamaran'));
    cpSync(resolve(__dirname, '..', name), join(this.folder, 'stacks', name), { recursive: true });
  }

  /** Replaces a text in the application, which must have it. */
  edit(text: string, replacement: string): void {
    const path = join(this.folder, 'stacks', this.name, 'index.ts');
    const before = readFileSync(path, 'utf8');
    if (!before.includes(text)) throw new Error(`${path} has no ${text}`);
    writeFileSync(path, before.replaceAll(text, replacement));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
