import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OwnProject } from './support/own-project';
import { repository, withComposeScanners } from './support/requirements';
import { attempt } from './support/run';
import { scan } from './support/scan';

/** The Docker environments of the applications that these tests are about. */
const ours = { jobs: 'dev', proxied: 'dev', rotation: 'written', scanned: 'dev', site: 'dev', stores: 'dev' };
const only = ['compose', 'dclint'] as const;

/** The compose files below a folder. */
function composeFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter(({ name }) => name === 'compose.yaml')
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort();
}

/** A value for every secret that compose files ask for: the same, which is the hardest. */
function values(files: readonly string[]): Record<string, string> {
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const asked = texts.flatMap((text) => [...text.matchAll(/\$\{(\w+):\?| {4}environment: (\w+)$/gm)]);
  return Object.fromEntries(asked.map(([, variable, secret]) => [variable ?? secret ?? '', 'a value']));
}

withComposeScanners('the compose files', () => {
  const dist = join(repository, 'dist');
  const stacks = composeFiles(dist);
  let project: OwnProject;

  beforeAll(async () => {
    project = new OwnProject('scan', Object.keys(ours));
    for (const [name, environment] of Object.entries(ours)) await project.written(environment, name);
  });

  afterAll(() => {
    project.remove();
  });

  test('of every stack have no finding', async () => {
    expect(stacks).toHaveLength(readdirSync(join(repository, 'stacks')).length);
    expect(await scan(dist, { only, env: values(stacks) })).toEqual([]);
  });

  test('of the applications of these tests have no finding, whatever a compose file can say', async () => {
    const files = composeFiles(project.path('dist'));
    expect(files).toHaveLength(Object.keys(ours).length);
    expect(await scan(project.path('dist'), { only, env: values(files) })).toEqual([]);
  });

  test('are read by docker compose without a word', async () => {
    const files = [...stacks, ...composeFiles(project.path('dist'))];
    const env = values(files);
    for (const file of files) {
      const words = ['compose', '--file', file, 'config', '--quiet'];
      expect([file, await attempt('docker', words, { env })]).toEqual([
        file,
        { code: 0, stdout: '', stderr: '' },
      ]);
    }
  });

  test('would have findings where something is wrong', async () => {
    const wrong = project.path('wrong');
    mkdirSync(wrong);
    const text =
      'services:\n  b:\n    ports:\n      - 8080:80\n    image: nginx\n  a:\n    image: nginx:1.27\n';
    writeFileSync(join(wrong, 'compose.yaml'), text);
    const findings = await scan(wrong, { only });
    expect(new Set(findings.map(({ scanner, object }) => `${scanner} ${object}`))).toEqual(
      new Set(['dclint compose.yaml']),
    );
    expect(findings.map(({ rule }) => rule)).toEqual([
      'no-unbound-port-interfaces',
      'service-image-require-explicit-tag',
      'require-project-name-field',
      'require-quotes-in-ports',
      'service-keys-order',
      'services-alphabetical-order',
    ]);
    await expect(scan(wrong, { only: ['pss'] })).rejects.toThrow('exit code 0, not run: pss');
  });
});
