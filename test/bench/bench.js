// Measures whole processes against `node -e 0` in the same run, and prints the README's table.
const { spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const helm = require('./helm');

const root = resolve(__dirname, '../..');
const main = join(root, 'lib/cli/main.js');
const runs = Number(process.env.RUNS ?? 5);
/** Numbers of generated applications. */
const counts = (process.env.COUNTS ?? '1,100,1000').split(',').map(Number);
const withHelm = helm.isThere();
const memory = join(__dirname, 'memory.js');

function source(name, port) {
  return `import { Application, Backend, defineStack, docker, envFile, Health, kubernetes, PostgresDatabase, ReverseProxy, Route, type Environment } from 'catamaran';

class Generated extends Application {
  constructor(environment: Environment) {
    super('${name}', environment, { folder: __dirname });
    const database = new PostgresDatabase(this, 'database');
    const backend = new Backend(this, 'backend', {
      image: 'registry.example.com/${name}:1.0.0',
      port: 8000,
      replicas: 2,
      health: Health.http('/ready'),
      liveness: Health.http('/live'),
      env: { DATABASE_URL: database.url, LOG_LEVEL: 'info' },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', backend)], publish: ${port} });
  }
}

export default defineStack(Generated, {
  docker: docker({ secrets: envFile() }),
  kubernetes: kubernetes({ namespace: '${name}', secrets: envFile() }),
});
`;
}

function project(count) {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-bench-'));
  mkdirSync(join(folder, 'stacks'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/catamaran'));
  for (let number = 1; number <= count; number++) {
    const name = `app-${String(number).padStart(4, '0')}`;
    writeFileSync(join(folder, 'stacks', `${name}.ts`), source(name, 8000 + number));
  }
  return folder;
}

// A thousand applications print more than a buffer takes.
const stdio = ['ignore', 'ignore', 'pipe'];

/** Wall seconds of a process. */
function seconds(args, cwd, program = process.execPath) {
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, { cwd, stdio, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

/** Peak memory of a process, in MB. */
function peak(args, cwd) {
  const { stderr } = spawnSync(process.execPath, ['--require', memory, ...args], {
    cwd,
    stdio,
    encoding: 'utf8',
  });
  return Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024;
}

const median = (numbers) => [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)];

/** Runs in turn with the bare start, so that both see the same machine. */
function ratio(args, cwd, prepare = () => undefined) {
  const pairs = Array.from({ length: runs }, () => {
    const bare = seconds(['-e', '0'], cwd);
    prepare();
    return { bare, synth: seconds(args, cwd) };
  });
  return {
    times: median(pairs.map(({ bare, synth }) => synth / bare)),
    milliseconds: median(pairs.map(({ synth }) => synth * 1000)),
    megabytes: peak(args, cwd),
  };
}

/** `helm template` of as many applications, as times of the bare start; nothing where there is no helm. */
function helmTimes(applications) {
  if (!withHelm) return '';
  const folder = helm.chart(applications);
  try {
    const pairs = Array.from({ length: runs }, () => {
      const bare = seconds(['-e', '0'], folder);
      return seconds(['template', 'bench', folder], folder, 'helm') / bare;
    });
    return median(pairs).toFixed(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row(what, { times, milliseconds, megabytes }, beside = '') {
  const numbers = [times.toFixed(1), milliseconds.toFixed(0), megabytes.toFixed(0)];
  console.log(`| ${[what, ...numbers, beside].join(' | ')} |`);
}

function inProject(count, body) {
  const folder = project(count);
  const clear = () => rmSync(join(folder, 'dist'), { recursive: true, force: true });
  try {
    return body(folder, clear);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const helmColumn = withHelm ? '`helm template`, times' : '`helm template`: no helm on the PATH';
console.log(`| what | times \`node -e 0\` | ms | peak MB | ${helmColumn} |\n|---|---|---|---|---|`);
const out = mkdtempSync(join(tmpdir(), 'catamaran-bench-out-'));
row(
  'vdt2023, one environment',
  ratio([main, 'synth', 'vdt2023', '--environment', 'staging', '--out', out], root),
);
row('every stack and environment here', ratio([main, 'synth', '--out', out], root));
rmSync(out, { recursive: true });
for (const target of ['kubernetes', 'docker'])
  for (const count of counts)
    inProject(count, (folder, clear) => {
      const args = [main, 'synth', '--environment', target];
      seconds(args, folder); // strips the types once, as any project does
      const files = count * (target === 'kubernetes' ? 4 : 2);
      const beside = target === 'kubernetes' ? helmTimes(count) : '';
      row(`${count} generated, ${target}, nothing changed`, ratio(args, folder), beside);
      row(`${count} generated, ${target}, ${files} new files`, ratio(args, folder, clear), beside);
    });
inProject(1, (folder, clear) => {
  const cold = () => {
    clear();
    rmSync(join(folder, 'node_modules/.cache'), { recursive: true, force: true });
  };
  const args = [main, 'synth', '--environment', 'docker'];
  row('1 generated, docker, its source changed (types are stripped)', ratio(args, folder, cold));
});
