import { targets } from '../cli/targets';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { matrixTable } from '../cli/commands/matrix';
import { filesBelow, projectOf, synthIn } from './support/project';

const root = resolve(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The blocks of a README in one language: `sh`, or `sh docker` for what needs an engine. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/```([^\n]*)\n([\s\S]*?)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text ?? '');
}

/** Files of Kubernetes without the two lines that each starts with. */
function withoutHeadings(files: Readonly<Record<string, string>>): Record<string, string> {
  const heading = /^# .+\. Written by: npx catamaran synth .+\n# Do not edit .+\n/;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(heading, '')]));
}

test('the commands that need no engine and no cluster work as they stand', () => {
  const parent = mkdtempSync(join(tmpdir(), 'catamaran-readme-'));
  const folder = join(parent, 'catamaran');
  try {
    for (const name of ['cdk8s.yaml', 'images.lock.json', 'stacks', 'dist'])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    // npx prepares a package that it runs from its own folder; there is nothing to build here.
    const { scripts: _scripts, ...manifest } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as {
      scripts: unknown;
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    for (const name of ['lib', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
    const [install, commands, ...others] = blocks('sh');
    expect(install).toBe('npm ci && npm test\nnpm run synth\n');
    expect(others).toEqual([]);
    // npx is asked once for each program, and what it finds is called in its place after: it takes longer than they do.
    const called = (commands ?? '').replaceAll('\nnpx catamaran ', '\nnode_modules/.bin/catamaran ');
    const printed = execFileSync('bash', ['-ec', called], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(printed).toContain('dist is up to date');
    expect(printed).toContain('title: vdt2023 in dev on docker');
    expect(readdirSync(join(parent, 'gitops', 'vdt2023')).sort()).toEqual(['dev', 'production', 'staging']);
    for (const environment of ['vdt2023/staging', 'eq-backend/production'])
      expect(filesBelow(join(folder, 'cdk8s.out', environment))).toEqual(
        withoutHeadings(filesBelow(join(root, 'dist', environment))),
      );
  } finally {
    rmSync(parent, { recursive: true });
  }
}, 60_000);

test('the application that it shows is the one in stacks/', () => {
  const [shown = ''] = blocks('ts');
  const source = readFileSync(join(root, 'stacks/vdt2023/application.ts'), 'utf8');
  for (const line of shown.trim().split('\n')) {
    const code = line.replace(/ *\/\/.*/, '').trim();
    expect(source).toContain(code);
  }
});

test('its table of targets is the one that the code makes', () => {
  expect(readme).toContain(matrixTable(targets));
});

test('its needs are met on both targets, and told', () => {
  const [body = ''] = blocks('ts needs');
  const names =
    'Application, Backend, docker, envFile, existingSecret, Health, Image, kubernetes, PostgresDatabase, readWriteMany, ' +
    'RedisStore, Secret, SharedVolume, Size, text, Worker';
  const project = projectOf({
    'stacks/wiki/wiki/Dockerfile': 'FROM debian:12 AS production\nARG EDITION\n',
    'stacks/wiki/index.ts': `import { ${names}, defineStack, type Environment } from 'catamaran';
class Shop extends Application {
  constructor(environment: Environment) {
    super('wiki', environment, { folder: __dirname });
${body}
  }
}
export default defineStack(Shop, {
  dev: docker({ secrets: envFile() }),
  live: kubernetes({
    namespace: 'wiki', registry: 'registry.example.com', secrets: existingSecret('wiki'),
    accept: ['privilege'], sharedStorage: readWriteMany({ storageClass: 'nfs' }), texts: { DOMAIN: 'wiki.example.com' },
  }),
});`,
  });
  const { thrown, stdout } = synthIn(project);
  expect(thrown).toBeUndefined();
  for (const need of ['root', 'writable-root', 'image-folders', 'low-ports', 'internet'])
    expect(stdout).toContain(`needs: ${need}: `);
  const written = filesBelow(join(project, 'dist'));
  expect(written['wiki/dev/compose.yaml']).toContain('0.0.0.0:53:53/udp');
  expect(written['wiki/live/wiki.yaml']).toContain('value: https://wiki.example.com');
  expect(written['wiki/live/00-application.yaml']).toContain('pod-security.kubernetes.io/enforce: baseline');
});

test('its table of systems names every stack', () => {
  const named = [...readme.matchAll(/^\| \[([a-z0-9-]+)\]\(stacks\/\1\)/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(readdirSync(join(root, 'stacks')).sort());
});

test('its references are there on both targets', () => {
  const [body = ''] = blocks('ts references');
  const names =
    'Application, Backend, docker, envFile, existingSecret, kubernetes, later, PostgresDatabase, text, Worker';
  const project = projectOf({
    'stacks/shop.ts': `import { ${names}, defineStack, type Environment } from 'catamaran';
class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment, { folder: __dirname });
${body}
  }
}
export default defineStack(Shop, {
  dev: docker({ secrets: envFile() }),
  live: kubernetes({ namespace: 'shop', secrets: existingSecret('shop') }),
});`,
  });
  expect(synthIn(project).thrown).toBeUndefined();
  const written = filesBelow(join(project, 'dist'));
  const url = (password: string) => `postgresql+asyncpg://app:${password}@database:5432/shop?pool=5`;
  expect(written['shop/dev/compose.yaml']).toContain(
    url('${DATABASE_PASSWORD:?is missing, see catamaran secrets}'),
  );
  expect(written['shop/live/api.yaml']).toContain(url('$(DATABASE_PASSWORD)'));
  expect(written['shop/live/web.yaml']).toContain('value: http://api:8000');
  expect(written['shop/dev/compose.yaml']).toMatch(/^ {2}mailer\.database:$/m);
});
