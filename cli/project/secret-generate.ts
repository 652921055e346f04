import { randomBytes } from 'node:crypto';
import { appendFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPlace } from '../../constructs/compile/places';
import type { Application } from '../../constructs/components/application';
import type { SecretSource } from '../../constructs/environment/secret-source';
import { IssuesError, type Issue } from '../../constructs/issue';
import { environmentPath } from '../../constructs/model/path';
import type { ApplicationModel } from '../../constructs/model/workload';
import { inWords, readText } from './files';
import { openEnvFile } from './secret-values';

/** Generates the missing secrets that may be any random text. Returns their names. */
export function generate(application: Application, model: ApplicationModel): string[] {
  const { name, environment, folder } = application;
  const source = environment.secrets;
  if (source.kind !== 'env-file') {
    const issue = noFile(environmentPath(name, environment.name), source);
    throw new IssuesError([issue].map(withPlace(application)));
  }
  const file = join(folder, source.file);
  const { values, empty } = openEnvFile(file);
  const names = model.randomSecrets.filter((secret) => values[secret] === undefined);
  // Hexadecimal digits need no escaping in a URL.
  const lines = new Map(names.map((secret) => [secret, `${secret}=${randomBytes(24).toString('hex')}`]));
  if (names.length > 0)
    inWords(file, () => {
      addLines(file, lines, empty);
    });
  return names;
}

/** Adds lines to a file. A line for a name whose value is empty replaces the line of that name. */
function addLines(
  file: string,
  lines: ReadonlyMap<string, string>,
  empty: Readonly<Record<string, number>>,
): void {
  const text = readText(file) ?? '';
  const added = [...lines].filter(([name]) => !(name in empty)).map(([, line]) => `${line}\n`);
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  if (added.length > 0) appendFileSync(file, separator + added.join(''), { mode: 0o600 });
  if (added.length === lines.size) return;
  const all = (readText(file) ?? '').split('\n');
  for (const [name, line] of lines) {
    const number = empty[name];
    if (number !== undefined) all[number - 1] = line;
  }
  // In one step, so that a full disk loses no secret. A symbolic link stays one.
  const target = realpathSync(file);
  writeFileSync(`${target}.new`, all.join('\n'), { mode: statSync(file).mode });
  renameSync(`${target}.new`, target);
}

function noFile(path: string, { kind }: SecretSource): Issue {
  const write = 'no --init';
  const sentence = `--init can only write into a file of envFile(), but secrets is ${JSON.stringify(kind)}: remove --init`;
  return { path, field: 'secrets --init', got: kind, write, sentence };
}
