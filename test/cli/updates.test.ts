import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runBuilt, stackFile, withLibrary, writeFiles } from '../support/project';

const header =
  'Before you update (the new files are compared with the committed ones, else with those on the disk):\n';
const refused = 'The platform refuses this change as it is:';

function stack(gibibytes: number, { name = 'shop', team = 'deck' } = {}): Record<string, string> {
  return {
    [`stacks/${name}.ts`]: stackFile({
      name,
      options: `owner: { team: '${team}' }`,
      components: `new PostgresDatabase(this, 'database', { storage: Size.gibibytes(${gibibytes}) });`,
      environments: `dev: docker({ secrets: envFile() }), live: kubernetes({ namespace: 'shop', secrets: existingSecret('shop') })`,
    }),
  };
}

function projectWith(files: Record<string, string>): string {
  return withLibrary({ 'package.json': '{"name":"raft"}', ...files });
}

function git(project: string, ...args: readonly string[]): void {
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...person, ...args], { cwd: project, stdio: 'ignore' });
}

function commit(project: string): void {
  git(project, 'init');
  git(project, 'add', 'dist');
  git(project, 'commit', '--message', 'dist');
}

/** What synth prints on standard error. */
function told(project: string, ...args: readonly string[]): string {
  return runBuilt(project, ['synth', ...args]).stderr;
}

const grows = (folder = 'dist') => `${header}
${refused}
  shop (live): StatefulSet database
    Volume data grows from 1Gi to 2Gi. A cluster refuses every such change of a StatefulSet. With these steps, its pods keep running.
      # The StorageClass must have allowVolumeExpansion: kubectl get storageclass
      kubectl --namespace shop patch persistentvolumeclaim data-database-0 --patch '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'
      kubectl --namespace shop delete statefulset database --cascade=orphan
      kubectl apply --filename ${folder}/shop/live

`;

test('an update that a cluster refuses is told until it is committed', () => {
  const project = projectWith(stack(1));
  expect(told(project)).toBe('');
  commit(project);
  expect(told(project)).toBe('');
  writeFiles(project, stack(2));
  expect(told(project, '--check')).toBe(`${grows()}dist/shop/live/database.yaml
These files in dist differ from the stacks: run catamaran synth
`);
  expect(told(project)).toBe(grows());
  // The files are on the disk now, and the commit is still the old one.
  expect(told(project)).toBe(grows());
  expect(told(project, '--environment', 'live')).toBe(grows());
  expect(told(project, '--environment', 'dev')).toBe('');
  rmSync(join(project, 'dist'), { recursive: true });
  expect(told(project)).toBe(grows());
  commit(project);
  expect(told(project)).toBe('');
});

test('outside a repository, the files on the disk are the last update', () => {
  const project = projectWith(stack(1));
  expect(told(project, '--out', 'out')).toBe('');
  writeFiles(project, stack(2));
  expect(told(project, '--out', './out/')).toBe(grows('out'));
  expect(told(project, '--out', 'out')).toBe('');
});

test("another owner's update needs nothing", () => {
  const project = projectWith(stack(1));
  expect(told(project)).toBe('');
  writeFiles(project, stack(1, { team: 'fleet' }));
  expect(told(project)).toBe('');
});

test('an application with another name: in a cluster it goes on, on Docker its data stays behind; the old folders go', () => {
  const project = projectWith(stack(1));
  expect(told(project)).toBe('');
  commit(project);
  rmSync(join(project, 'stacks/shop.ts'));
  writeFiles(project, stack(1, { name: 'store' }));
  const { stdout, stderr } = runBuilt(project, ['synth']);
  expect(stderr).toBe(`${header}
Data does not come along:
  shop (dev), now store (dev): volume shop-dev_database-data
    database gets the volume store-dev_database-data at /var/lib/postgresql/data instead. The new volume starts empty, and the data stays in the old one.
      # Write the old name again. Or copy the data before the update:
      docker compose --project-name shop-dev stop database
      docker run --rm --user 0 --entrypoint cp --volume shop-dev_database-data:/from:ro --volume store-dev_database-data:/to postgres:17 -a /from/. /to
      # When nobody needs the old data: docker volume rm shop-dev_database-data

Something old keeps running:
  shop (dev), now store (dev): project shop-dev
    It is no longer in the files, and its containers keep running.
      docker compose --project-name shop-dev down

`);
  expect(stdout).toContain('No stack has dist/shop/dev any more\nNo stack has dist/shop/live any more\n');
});

test('an environment that moves to another target leaves its data', () => {
  const project = projectWith(stack(1));
  const [[file, text] = ['', '']] = Object.entries(stack(1));
  expect(told(project)).toBe('');
  const moved = text.replace(
    'dev: docker({ secrets: envFile() })',
    "dev: kubernetes({ namespace: 'shop-dev', secrets: envFile() })",
  );
  writeFiles(project, { [file]: moved });
  expect(told(project)).toBe(`${header}
Data does not come along:
  shop (dev): volume shop-dev_database-data
    It is no longer in compose.yaml. Its data stays on the host, and nothing uses it.
      # When nobody needs the old data: docker volume rm shop-dev_database-data

Something old keeps running:
  shop (dev): project shop-dev
    It is no longer in the files, and its containers keep running.
      docker compose --project-name shop-dev down

`);
});

test('a project that had another name is told about its old list', () => {
  const project = projectWith(stack(1));
  expect(told(project)).toBe('');
  writeFiles(project, {
    'package.json': '{"name":"ferry"}',
    'dist/.catamaran-raft': 'shop/dev/compose.yaml\nblog/dev/compose.yaml\n',
    'dist/blog/dev/compose.yaml': 'name: blog-dev\n',
  });
  expect(told(project)).toBe(
    'dist/.catamaran-raft: this list of another project names files that this project writes: ' +
      'if this project had that name before, remove the list, and the files that only it names: dist/blog/dev/compose.yaml\n',
  );
});
