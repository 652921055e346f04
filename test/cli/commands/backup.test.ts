import { backup } from '../../../cli/commands/backup';
import { restore } from '../../../cli/commands/restore';
import type { ManifestOf } from '../../../charts/manifest';
import { notRun } from '../../../constructs/target/runner';
import { fakeRunner } from '../../support/runner';
import { present } from '../../support/application';
import { projectOf, runAsyncIn, stackFile, type Outcome, type InputOf } from '../../support/project';

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

/** Runs a command where docker and kubectl only note how they were called. */
async function called(
  command: typeof backup | typeof restore,
  said: InputOf<typeof restore>,
  {
    fails,
    stderr = '',
    ended = 'Complete',
  }: { readonly fails?: string; readonly stderr?: string; readonly ended?: string } = {},
): Promise<
  Outcome & { readonly calls: readonly string[]; readonly shown: readonly string[]; readonly input: string }
> {
  const project = projectOf({ 'stacks/shop.ts': stack });
  const { run, calls, shown, inputs } = fakeRunner((line) => {
    if (fails !== undefined && line.includes(` ${fails}`)) return { code: 1, stderr };
    return line.includes(' get ') ? ended : '';
  });
  const outcome = await runAsyncIn(project, command, { ...database, ...said }, { run });
  return { ...outcome, calls, shown, input: inputs[0] ?? '' };
}

const script = 'docker exec shop-dev-database-backup-1 sh /opt/catamaran/backup.sh';

test.each<[typeof backup | typeof restore, InputOf<typeof restore>, string]>([
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
])('on Docker, the script runs in the container of the backup (%#)', async (command, given, call) => {
  const { calls, shown, exitCode } = await called(command, given);
  expect({ calls, shown, exitCode }).toEqual({ calls: [call], shown: [call], exitCode: undefined });
});

test('on Docker, what the script refuses fails', async () => {
  expect((await called(restore, {}, { fails: 'restore' })).thrown?.message).toBe(
    `shop/database: ${script} restore latest failed with exit code 1: it has printed no error, so run it by hand`,
  );
  expect((await called(restore, {}, { fails: 'restore', stderr: 'no such file' })).thrown?.message).toBe(
    `shop/database: ${script} restore latest failed with exit code 1: correct the error that docker has printed above`,
  );
});

test('on Kubernetes, a Job of its own runs the script, and shows what it prints', async () => {
  const given = { environment: 'live', yes: true };
  const { calls, input, shown, exitCode } = await called(restore, given, { ended: 'SuccessCriteriaMet' });
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
  expect(shown).toEqual([calls[2]]);
  expect(exitCode).toBeUndefined();
});

test('on Kubernetes, a Job that failed fails, and one that could not be made is not waited for', async () => {
  const given = { environment: 'live' };
  const named = (message = '') => message.replace(/database-backup-[0-9a-z]{8,9}/, '<job>');
  for (const [ended, how] of [
    ['FailureTarget', 'failed (FailureTarget)'],
    ['', 'did not end within an hour'],
  ] as const)
    expect(named((await called(backup, given, { ended })).thrown?.message)).toBe(
      `shop/database: Job <job> ${how}: correct the error that it has printed above`,
    );
  for (const [fails, count, command] of [
    ['create', 1, 'kubectl create --filename -'],
    ['get', 4, 'kubectl get job/<job> --output=jsonpath={.status.conditions[0].type}'],
  ] as const) {
    const { calls, thrown } = await called(backup, given, { fails });
    expect({ count: calls.length, message: named(thrown?.message) }).toEqual({
      count,
      message: `shop/database: ${command} failed with exit code 1: it has printed no error, so run it by hand`,
    });
  }
});

test.each<[typeof backup | typeof restore, InputOf<typeof restore>, string]>([
  [backup, { application: undefined }, 'application is'],
  [backup, { environment: undefined, component: undefined }, 'environment and component are'],
  [
    restore,
    { application: undefined, environment: undefined, component: undefined },
    'application, environment and component are',
  ],
])('what is missing is said all at once (%#)', async (command, said, missing) => {
  const write = `catamaran ${command.name} <application> --environment <name> --component <name>`;
  const { thrown, calls } = await called(command, said);
  expect(thrown?.message).toBe(`catamaran ${command.name}: ${missing} missing: write ${write}`);
  expect(calls).toEqual([]);
});

test('a component without a backup is refused, with those that have one', async () => {
  for (const component of ['cache', 'database-backup', 'nobody'])
    expect((await called(restore, { component })).thrown?.message).toBe(
      `shop (dev): component is "${component}": write a component that has a backup: database`,
    );
  expect((await called(restore, { environment: 'bare' })).thrown?.message).toBe(
    'shop (bare): component is "database", but no component has a backup: write a backup into the props of the component first',
  );
});

test('a machine without the program is told in words', async () => {
  const project = projectOf({ 'stacks/shop.ts': stack });
  const { run } = fakeRunner(() => ({ code: notRun, stderr: 'spawn docker ENOENT' }));
  const { thrown } = await runAsyncIn(project, backup, database, { run });
  expect(thrown?.message).toBe(
    'shop/database: docker cannot be started (spawn docker ENOENT): install docker, or add its folder to PATH',
  );
});
