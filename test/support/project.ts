import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as catamaran from 'catamaran';
import {
  withDefaults,
  type Arguments,
  type Command,
  type Options,
  type PartialInput,
  type CommandContext,
} from '../../cli/command';
import { targets } from '../../cli/targets';
import { runProgram } from '../../constructs/target/runner';
import { synth } from '../../cli/commands/synth';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with some files, until the tests of the file have ended. */
export function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'catamaran-test-')));
  made.push(folder);
  writeFiles(folder, files);
  return folder;
}

/** A new project that has this library installed, as it was built. */
export function withLibrary(files: Readonly<Record<string, string>>): string {
  const project = projectOf(files);
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(resolve(__dirname, '../..'), join(project, 'node_modules', 'catamaran'));
  return project;
}

/** Runs the command in a process of its own, as it was built. */
export function runBuilt(
  project: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly timeout?: number } = {},
) {
  const main = resolve(__dirname, '../../lib/cli/main.js');
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: project,
    encoding: 'utf8',
    ...options,
  });
  return { status, signal, stdout, stderr };
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** The content of every file below a folder, by path. */
export function filesBelow(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

/** What a command printed and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | string | undefined;
  readonly thrown: Error | undefined;
}

/** Runs a command in a project as its command line does: what is not given has its default. */
export function runIn<A extends Arguments, O extends Options>(
  project: string,
  command: Command<A, O>,
  said: PartialInput<A, O> = {},
  around: Partial<CommandContext> = {},
): Outcome {
  const watch = watched();
  let thrown: Error | undefined;
  try {
    if (command.run(withDefaults(command, said), contextOf(project, around)))
      throw new Error('wait for it with runAsyncIn');
  } catch (error) {
    thrown = error as Error;
  }
  return watch.end(thrown);
}

/** Runs a command that takes its time in a project as its command line does: what is not given has its default. */
export function runAsyncIn<A extends Arguments, O extends Options>(
  project: string,
  command: Command<A, O>,
  said: PartialInput<A, O> = {},
  around: Partial<CommandContext> = {},
): Promise<Outcome> {
  return outcomeOf(async () => {
    await command.run(withDefaults(command, said), contextOf(project, around));
  });
}

function contextOf(project: string, around: Partial<CommandContext>): CommandContext {
  return { project, targets, run: runProgram, ...around };
}

/** What something prints and how it ends. The process is put back to where it was. */
export async function outcomeOf(action: () => Promise<void>): Promise<Outcome> {
  const watch = watched();
  return action().then(
    () => watch.end(undefined),
    (error: unknown) => watch.end(error as Error),
  );
}

function watched(): { readonly end: (thrown: Error | undefined) => Outcome } {
  const { exitCode } = process;
  const lines: Record<'log' | 'error', string[]> = { log: [], error: [] };
  const spies = (['log', 'error'] as const).map((stream) =>
    jest.spyOn(console, stream).mockImplementation((...texts: readonly unknown[]) => {
      lines[stream].push(stripVTControlCharacters(texts.join(' ')));
    }),
  );
  process.exitCode = undefined;
  return {
    end: (thrown) => {
      const outcome = {
        stdout: lines.log.join('\n'),
        stderr: lines.error.join('\n'),
        exitCode: process.exitCode,
        thrown,
      };
      for (const spy of spies) spy.mockRestore();
      process.exitCode = exitCode;
      return outcome;
    },
  };
}

/** Runs synth in a project. */
export function synthIn(project: string, said: InputOf<typeof synth> = {}): Outcome {
  return runIn(project, synth, said);
}

/** What a command line may say to a command. */
export type InputOf<One> = One extends Command<infer A, infer O> ? PartialInput<A, O> : never;

/** The file of a stack, of one backend where no other components are asked for. */
export function stackFile({
  name = 'shop',
  options = 'folder: __dirname',
  props = "image: 'api:1.0', port: 8000",
  components = `new Backend(this, 'api', { ${props} });`,
  environments = 'dev: docker()',
}: {
  readonly name?: string;
  readonly options?: string;
  readonly props?: string;
  readonly components?: string;
  readonly environments?: string;
} = {}): string {
  return `import { ${Object.keys(catamaran).join(', ')}, type Environment } from 'catamaran';

class Shop extends Application {
  constructor(environment: Environment) {
    super('${name}', environment, { ${options} });
    ${components}
  }
}

export default defineStack(Shop, { ${environments} });
`;
}
