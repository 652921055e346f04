import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { leftovers } from '../../../docker/apply/leftovers';
import { runProgram } from '../../../constructs/target/runner';
import { projectOf } from '../../support/project';

const { PATH } = process.env;
const logged: string[] = [];
let folder = '';

beforeEach(() => {
  logged.length = 0;
  for (const level of ['log', 'warn'] as const)
    jest.spyOn(console, level).mockImplementation((...texts: readonly unknown[]) => {
      logged.push(texts.join(' '));
    });
});

afterEach(() => {
  process.env['PATH'] = PATH;
  jest.restoreAllMocks();
});

const engine = { type: 'pulumi:providers:docker', outputs: {} };
const recorded = { engine, api: { type: 'docker:index/container:Container', outputs: { id: 'a1' } } };

/**
 * An engine with what is recorded, one leftover of each kind, and one that is recorded no more, a0:
 * a1 is to replace it, and until then it serves on. `old` is a volume that somebody still uses.
 */
const docker = `#!/bin/sh
printf '%s\\n' "docker $*" >> "$(dirname "$0")/calls"
case "$*" in
  *fails*'container ls'*) echo 'no such host' >&2; exit 1 ;;
  *fails*) sleep 0.2; echo ended >> "$(dirname "$0")/calls" ;;
  *'container ls'*) printf 'b2 shop-dev-database-1\\nc3 shop-dev-migration-1\\n'
    printf 'a1 shop-dev-api-1-0a1b2c3\\na0 shop-dev-api-1-9f8e7d6\\n' ;;
  *'network ls'*) printf 'd4 shop-dev-api.database\\n' ;;
  *'volume ls'*dangling*) printf 'files files\\n' ;;
  *'volume ls'*) printf 'files files\\nold old\\n' ;;
  *inspect*b2)
    grep -c 'inspect.*b2' "$(dirname "$0")/calls" | grep -qx 1 && echo 'running 0 unless-stopped starting' ||
      echo 'running 0 unless-stopped healthy' ;;
  *inspect*c3)
    grep -c 'inspect.*c3' "$(dirname "$0")/calls" | grep -qx 1 && echo 'running 0 no ' || echo 'exited 0 no ' ;;
esac
`;

interface Circumstances {
  readonly then?: 'remove' | 'warn';
  readonly host?: string;
  /** How often the state cannot be read before it can. */
  readonly unread?: number;
}

/** What the engine was called with so far. */
function called(): string[] {
  const file = join(folder, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

async function cleared(outputs: object, { then = 'remove', host, unread = 0 }: Circumstances = {}) {
  folder = projectOf({ docker });
  chmodSync(join(folder, 'docker'), 0o755);
  process.env['PATH'] = `${folder}:${PATH ?? ''}`;
  const asked: pulumi.runtime.MockCallArgs[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: () => ({ id: '', state: {} }),
      call: (args) => {
        asked.push(args);
        if (asked.length <= unread) throw new Error('failed to load checkpoint: EOF');
        return { outputs };
      },
    },
    'shops',
    'shop-dev',
    false,
    'team',
  );
  await leftovers(host, runProgram, then)('mark');
  const question = expect.objectContaining({
    token: 'pulumi:pulumi:readStackResourceOutputs',
    inputs: { stackName: 'team/shops/shop-dev' },
  }) as object;
  expect(asked).toEqual(Array<object>(unread + 1).fill(question));
  return called();
}

const found =
  'container shop-dev-database-1, container shop-dev-migration-1, volume files, volume old, network shop-dev-api.database';

test('what is not recorded is removed once it has started or ended, and what is in use is left', async () => {
  const calls = await cleared(recorded);
  expect(calls.filter((call) => call.includes(' ls ')).map((call) => call.split(' --filter ')[1])).toEqual([
    ...Array<string>(3).fill('label=catamaran.deployment=mark'),
    ...Array<string>(2).fill('dangling=true'),
  ]);
  const changes = calls.filter((call) => / (stop|rm) /.test(call));
  expect(changes.slice(0, 4).sort()).toEqual([
    'docker container rm --force --volumes b2',
    'docker container rm --force --volumes c3',
    'docker container stop b2',
    'docker container stop c3',
  ]);
  expect(changes.slice(4)).toEqual(['docker volume rm files', 'docker network rm d4']);
  for (const id of ['b2', 'c3'])
    expect(calls.filter((call) => call.includes('inspect') && call.endsWith(id))).toHaveLength(2);
  expect(logged.sort()).toEqual([
    `info: [runtime] An interrupted update left objects behind, which are now removed: ${found}`,
    'info: [runtime] Waiting until container shop-dev-database-1 has started',
    'info: [runtime] Waiting until container shop-dev-migration-1 has ended',
  ]);
});

test('what changes nothing tells of it', async () => {
  const calls = await cleared(recorded, { then: 'warn' });
  expect(calls.filter((call) => !call.includes(' ls '))).toEqual([]);
  expect(logged).toEqual([
    `warning: [runtime] An interrupted update left objects behind: ${found}. The next pulumi up removes them`,
  ]);
});

test('one that is newer than what is recorded in its place is removed', async () => {
  const older = { ...recorded, api: { ...recorded.api, outputs: { id: 'a0' } } };
  const calls = await cleared(older);
  expect(calls).toContain('docker container rm --force --volumes a1');
  expect(calls).not.toContain('docker container rm --force --volumes a0');
});

test('a state that Pulumi writes at this moment is read again', async () => {
  expect(await cleared(recorded, { unread: 2 })).toContain('docker network rm d4');
});

test('a state that cannot be read is told', async () => {
  // Pulumi's mocks keep no message.
  await expect(cleared(recorded, { unread: 20 })).rejects.toThrow(
    new pulumi.RunError('The state of Pulumi stack team/shops/shop-dev cannot be read: '),
  );
});

test('an engine is asked only where a deployment is recorded', async () => {
  expect(await cleared({})).toEqual([]);
});

test('the engine of the environment is asked, and what it does not answer fails the update', async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const format = '--format {{.ID}} {{.Names}} --filter label=catamaran.deployment=mark';
  await expect(cleared(recorded, { host: 'ssh://fails' })).rejects.toThrow(
    'Leftovers of an interrupted update cannot be found or removed: docker --host ssh://fails container ls --all ' +
      `--no-trunc ${format} failed: no such host`,
  );
  // The questions that were asked beside it have been answered: none is left to run by itself.
  expect(called().filter((call) => call === 'ended')).toHaveLength(2);
});
