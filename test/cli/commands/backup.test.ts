import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { backup } from '../../../cli/commands/backup';
import { restore } from '../../../cli/commands/restore';
import type { ManifestOf } from '../../../charts/manifest';
import { present } from '../../support/application';
import {
  filesBelow,
  projectOf,
  runIn,
  stackFile,
  writeFiles,
  type Outcome,
  type SaidTo,
} from '../../support/project';

// What tests see of the variables is a copy, which programs that are started do not get by themselves.
jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  const spawnSync = (program: string, args: readonly string[], options: object) =>
    actual.spawnSync(program, args, { env: process.env, ...options });
  return { ...actual, spawnSync };
});

const stack = stackFile({
  components: `const backup = { schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(1)) };
    new PostgresDatabase(this, 'database', { backup });
    new Cache(this, 'cache');`,
  environments: `dev: docker({ secrets: envFile() }),
  far: docker({ secrets: envFile(), host: 'ssh://far.example.com' }),
  bare: docker({ secrets: envFile(), components: { database: { backup: 'off' } } }),
  live: kubernetes({ namespace: 'shop-live', context: 'live', secrets: existingSecret('shop') }),`,
});

const database = { application: 'shop', environment: 'dev', component: 'database' };

const { PATH } = process.env;
afterEach(() => {
  process.env['PATH'] = PATH;
});

/** Runs a command where docker and kubectl only write down how they were called; returns the lines of both. */
function called(
  command: typeof backup | typeof restore,
  said: SaidTo<typeof restore>,
  { fails = '-', ended = 'Complete' } = {},
): Outcome & { readonly calls: string[]; readonly input: string } {
  const project = projectOf({ 'stacks/shop.ts': stack, 'bin/docker': '', 'bin/kubectl': '', calls: '' });
  for (const name of ['docker', 'kubectl']) {
    const input = `case " $* " in *' create '*) cat >${project}/input ;; esac`;
    const says = `case " $* " in *' logs '*) echo 'restored: it' ;; *' get '*) printf ${ended} ;; esac`;
    const failing = `case "$*" in *${fails}*) exit 1 ;; esac`;
    const text = `#!/bin/sh\necho "${name} $*" >>${project}/calls\n${input}\n${says}\n${fails === '-' ? '' : failing}\n`;
    writeFiles(project, { [`bin/${name}`]: text });
    chmodSync(join(project, 'bin', name), 0o755);
  }
  process.env['PATH'] = `${join(project, 'bin')}:${PATH ?? ''}`;
  const outcome = runIn(project, command, { ...database, ...said });
  const { calls = '', input = '' } = filesBelow(project);
  return { ...outcome, calls: calls.split('\n').filter((line) => line !== ''), input };
}

const script = 'docker exec shop-dev-database-backup-1 sh /opt/catamaran/backup.sh';

test.each<[typeof backup | typeof restore, SaidTo<typeof restore>, string]>([
  [backup, {}, `${script} backup`],
  [restore, {}, `${script} restore latest`],
  [restore, { list: true }, `${script} list`],
  [
    restore,
    { from: '20260102T020000Z.dump', yes: true },
    `${script} restore 20260102T020000Z.dump --overwrite`,
  ],
  [
    ...([restore, { environment: 'far', yes: true }] as const),
    'docker --host ssh://far.example.com exec shop-far-database-backup-1 sh /opt/catamaran/backup.sh restore ' +
      'latest --overwrite',
  ],
])('on Docker, the script runs in the container of the backup (%#)', (command, given, call) => {
  expect(called(command, given)).toMatchObject({ calls: [call], exitCode: undefined });
});

test('on Docker, what the script refuses fails', () => {
  expect(called(restore, {}, { fails: 'restore' }).exitCode).toBe(1);
});

test('on Kubernetes, a Job of its own runs the script, and tells what it said', () => {
  const given = { environment: 'live', yes: true };
  const { calls, input, stdout, exitCode } = called(restore, given, { ended: 'SuccessCriteriaMet' });
  const job = JSON.parse(input) as ManifestOf<'Job'>;
  const { name, namespace } = job.metadata;
  expect(name).toMatch(/^database-backup-[0-9a-z]{8,9}$/);
  expect(namespace).toBe('shop-live');
  const [container] = present(job.spec?.template.spec).containers;
  expect(container).toMatchObject({
    command: ['sh', '/opt/catamaran/backup.sh'],
    args: ['restore', 'latest', '--overwrite'],
  });
  const kubectl = 'kubectl --context live --namespace shop-live';
  expect(calls).toEqual([
    `${kubectl} create --filename -`,
    `${kubectl} wait job/${name} --for=jsonpath={.status.conditions[0].status}=True --timeout=1h`,
    `${kubectl} logs job/${name} --container database-backup`,
    `${kubectl} get job/${name} --output=jsonpath={.status.conditions[0].type}`,
    `${kubectl} delete job/${name} --wait=false`,
  ]);
  expect({ stdout, exitCode }).toEqual({ stdout: 'restored: it', exitCode: undefined });
});

test('on Kubernetes, a Job that failed fails, and one that could not be made is not waited for', () => {
  const given = { environment: 'live' };
  expect(called(backup, given, { ended: 'FailureTarget' }).exitCode).toBe(1);
  const { calls, exitCode } = called(backup, given, { fails: 'create' });
  expect({ count: calls.length, exitCode }).toEqual({ count: 1, exitCode: 1 });
});

test.each<[typeof backup | typeof restore, SaidTo<typeof restore>, string]>([
  [backup, { application: undefined }, 'application is'],
  [backup, { environment: undefined, component: undefined }, 'environment and component are'],
  [
    restore,
    { application: undefined, environment: undefined, component: undefined },
    'application, environment and component are',
  ],
])('what is missing is said all at once (%#)', (command, said, missing) => {
  const write = `catamaran ${command.name} <application> --environment <name> --component <name>`;
  const { thrown, calls } = called(command, said);
  expect(thrown?.message).toBe(`catamaran ${command.name}: ${missing} missing: write ${write}`);
  expect(calls).toEqual([]);
});

test('a component without a backup is refused, with those that have one', () => {
  for (const component of ['cache', 'database-backup', 'nobody'])
    expect(called(restore, { component }).thrown?.message).toBe(
      `shop (dev): component is "${component}": write one that has a backup: database`,
    );
  expect(called(restore, { environment: 'bare' }).thrown?.message).toBe(
    'shop (bare): component is "database": write a backup for it first: there is none',
  );
});

test('a machine without the program is told in words', () => {
  const project = projectOf({ 'stacks/shop.ts': stack });
  process.env['PATH'] = project;
  const { thrown } = runIn(project, backup, database);
  expect(thrown?.message).toBe(
    'catamaran: docker is "spawnSync docker ENOENT": write a path with docker in it',
  );
});
