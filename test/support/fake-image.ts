import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectOf, writeFiles } from './project';

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a script that we ship without its image: other scripts replace the programs of the image, and absolute paths
 * become paths in a folder of the test.
 */
export class FakeImage {
  readonly root: string;

  /**
   * @param programs lines of sh by name; `$root` is the folder
   * @param files content by absolute path
   */
  constructor(
    programs: Readonly<Record<string, string>>,
    private readonly files: Readonly<Record<string, string>>,
  ) {
    this.root = projectOf({});
    this.write(files);
    for (const [name, lines] of Object.entries(programs)) this.program(name, lines);
  }

  program(name: string, lines: string): void {
    writeFiles(this.root, { [`bin/${name}`]: `#!/bin/sh\nroot=${this.root}\n${lines}\n` });
    chmodSync(join(this.root, 'bin', name), 0o755);
  }

  write(files: Readonly<Record<string, string>>): void {
    writeFiles(this.root, files);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Runs a command; `folders` are absolute paths, besides those of the files, that it may name. */
  run(command: readonly string[], folders: readonly string[] = []): Ended {
    const paths = [...Object.keys(this.files), ...folders];
    const moved = (text: string) =>
      paths.reduce((all, path) => all.replaceAll(path, () => join(this.root, path)), text);
    const [program = '', ...args] = command.map(moved);
    const env = { PATH: `${join(this.root, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: this.root, env, encoding: 'utf8' });
    return { status, stdout, stderr };
  }
}
