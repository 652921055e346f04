import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isThere, testbed } from '../e2e/support/requirements';
import { prepare, tidy } from '../e2e/support/setup';
import { core, further, parts, type Part } from './files';
import { runFile } from './file-run';
import { Gate, type Surroundings } from './gate';
import { rotated, waiting, type Waiting } from './queue';
import { summaryReport } from './report';

const usage = `usage: npm run gate -- <which> [--until <seconds since 1970>]
  core     the few files that tell most, in 10 minutes
  further  all but core, beginning with another one each day, as many as end in time
  all      every file; those that no other may run beside come last
  alone    those that no other may run beside
  or how the path of a file begins, below test/e2e: applied/docker`;

const repository = resolve(__dirname, '../..');

function filesOf(choice: string): Waiting[] {
  const all = [...waiting(core), ...waiting(further)];
  const alone = all.filter((one) => one.alone !== undefined);
  switch (choice) {
    case 'core':
      return waiting(core);
    case 'further':
      return rotated(waiting(further), dayOfHead());
    case 'all':
      return [...all.filter((one) => !alone.includes(one)), ...alone];
    case 'alone':
      return alone;
    default:
      return all.filter(({ file }) => choice !== '' && file.startsWith(choice));
  }
}

/** The day of the commit that is checked out: the same files come first however often it is tried. */
function dayOfHead(): number {
  const time = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: repository, encoding: 'utf8' });
  return Math.floor(Number(time) / 86_400);
}

const proofs = { scanners: 'scanner checkov', builder: 'builder for several platforms' } as const;

function builtParts(): Set<Part> {
  const names = Object.keys(parts) as Part[];
  // Nobody but a run that must be whole builds them: for others, the tests say what is missing.
  const mayBuild = process.env['CATAMARAN_E2E'] === 'require' && existsSync(testbed);
  return new Set(names.filter((part) => !mayBuild || isThere(proofs[part])));
}

function build(part: Part): Promise<void> {
  process.stdout.write(`building ${part} of the testbed\n`);
  // Sometimes the daemon of the builder takes longer to come up than it is waited for.
  for (let tries = 1; tries <= 2; tries += 1)
    if (spawnSync(join(testbed, part), { stdio: 'inherit' }).status === 0) return Promise.resolve();
  return Promise.reject(new Error(`${join(testbed, part)} failed`));
}

async function main(): Promise<boolean> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { until: { type: 'string', default: 'Infinity' } },
  });
  const files = filesOf(positionals[0] ?? '');
  const until = Number(values.until);
  if (files.length === 0 || Number.isNaN(until)) throw new Error(usage);
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      ended.abort();
      process.exit(1);
    });
  await prepare();
  const built = builtParts();
  const around: Surroundings = {
    now: () => Date.now() / 1000,
    run: (file, limit) => runFile(file, limit, ended.signal),
    build: async (part) => {
      await build(part);
      built.add(part);
    },
    built,
    print: (text) => process.stdout.write(text),
  };
  const summary = await new Gate(files, until, around).pass();
  await tidy();
  process.stdout.write(summaryReport(summary));
  return summary.runs.every(({ failures }) => failures.length === 0);
}

main().then(
  (isGreen) => {
    process.exitCode = isGreen ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
