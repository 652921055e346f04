import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { commandsAt } from '../../../docker/apply/commands';
import { runProgram } from '../../../constructs/target/runner';
import { projectOf } from '../../support/project';

const { PATH } = process.env;

afterEach(() => {
  process.env['PATH'] = PATH;
});

/** Has a script answer in the place of Docker's command line. */
function withDocker(script: string): void {
  const folder = projectOf({ docker: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, 'docker'), 0o755);
  process.env['PATH'] = `${folder}:${PATH ?? ''}`;
}

test('an answer is what the command line prints, without its warnings', async () => {
  withDocker('echo "WARNING: a plugin is old" >&2; echo "{\\"asked\\": \\"$*\\"}"');
  expect(JSON.parse(await commandsAt(undefined, runProgram).run('container', 'inspect', 'abc'))).toEqual({
    asked: 'container inspect abc',
  });
});

test('a log is all that a program printed', async () => {
  withDocker('echo listens; echo "not ready" >&2');
  const log = await commandsAt(undefined, runProgram).runForLog('container', 'logs', 'abc');
  expect(log.trim().split('\n').sort()).toEqual(['listens', 'not ready']);
});

test('what fails is told with what it says', async () => {
  withDocker('echo "no such network" >&2; exit 3');
  await expect(commandsAt('ssh://box', runProgram).run('network', 'connect', 'net', 'abc')).rejects.toEqual(
    new Error('docker --host ssh://box network connect net abc: exit code 3\nno such network'),
  );
});
