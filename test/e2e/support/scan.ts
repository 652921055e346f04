import { join } from 'node:path';
import { testbed, type Scanner } from './requirements';
import { attempt } from './run';

/** What a scanner has against an object. */
export interface Finding {
  readonly scanner: string;
  /** The scanner's own word. */
  readonly severity: string;
  readonly rule: string;
  /** Kind and name, or a file. */
  readonly object: string;
  readonly message: string;
}

/** What a scan does. */
export interface ScanOptions {
  /** The scanners that run. One that is missing, or has nothing to read, is an error. */
  readonly only: readonly Scanner[];
  /** Further words for the testbed's `scan`, as `--env-secrets api`. @default none */
  readonly args?: readonly string[];
  /** Variables, as those that compose files ask for. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Everything that scanners have against the manifests and compose files below a folder.
 * @throws Error where one of them did not run, or had nothing to read
 */
export async function scan(folder: string, { only, args = [], env = {} }: ScanOptions): Promise<Finding[]> {
  const words = ['--only', only.join(), ...args, folder];
  const { code, stdout, stderr } = await attempt(join(testbed, 'scan'), words, { env, timeout: 600 });
  const [table = '', findings = ''] = stdout.split('\n\n');
  const ran = table.split('\n').flatMap(nameIfRun);
  const silent = only.filter((scanner) => !ran.includes(scanner));
  // 0 and 1 are the exit codes of a scan without and with findings.
  if ((code !== 0 && code !== 1) || silent.length > 0)
    throw new Error(
      `scan ${words.join(' ')}: exit code ${code}, not run: ${silent.join() || 'none'}\n${stdout}${stderr}`,
    );
  return findings.split('\n').filter(Boolean).map(findingOf);
}

// A scanner that is missing or broken has empty cells; one that had nothing to read has no row.
function nameIfRun(row: string): string[] {
  const [name = '', ...cells] = row.trim().split(/\s+/);
  return cells.length === 7 ? [name] : [];
}

function findingOf(line: string): Finding {
  const [, scanner, severity, rule, object, message] = /^(\S+) (\S+) (.+?) (\S+): (.*)$/.exec(line) ?? [];
  if (scanner === undefined || severity === undefined || rule === undefined || object === undefined)
    throw new Error(`scan: a finding in other words: ${line}`);
  return { scanner, severity, rule, object, message: message ?? '' };
}
