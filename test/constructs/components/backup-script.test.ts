import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { present, workloadOfApp } from '../../support/application';
import { withBackup } from '../../support/backup';

describe('the script of a backup', () => {
  const roots: string[] = [];

  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true, force: true });
  });

  /** The script for PostgreSQL, with programs in place of the image's, and folders of the test's own. */
  function makeScript(keep: number) {
    const root = mkdtempSync(join(tmpdir(), 'catamaran-backup-'));
    roots.push(root);
    const [folder, programs] = [join(root, 'backups'), join(root, 'bin')];
    for (const path of [folder, programs]) mkdirSync(path);
    const write = (name: string, text: string) => {
      writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(programs, name), 0o755);
    };
    write('pg_dump', 'for last; do :; done; echo "whole $PGPASSWORD" >"${last#--file=}"');
    write(
      'pg_restore',
      'for last; do :; done; case $1 in --file*) grep -q whole "$last" ;; *) cat "$last" ;; esac',
    );
    write('psql', 'echo 0');
    const { files } = workloadOfApp('database-backup', withBackup({ keep }));
    const text = present(files[0]?.files['backup.sh']);
    writeFileSync(join(root, 'password'), 'pa$$word\n');
    writeFileSync(
      join(root, 'backup.sh'),
      text
        .replaceAll('/var/lib/postgresql/data', folder)
        .replaceAll('/run/secrets/database/password', join(root, 'password')),
    );
    const run = (...args: string[]) => {
      const env = { PATH: `${programs}:${process.env['PATH'] ?? ''}` };
      const { status, stdout, stderr } = spawnSync('sh', [join(root, 'backup.sh'), ...args], { env });
      return { status, stdout: String(stdout), stderr: String(stderr) };
    };
    const put = (...names: string[]) => {
      for (const name of names) writeFileSync(join(folder, name), `whole ${name}`);
    };
    return { run, put, write, folder, there: () => readdirSync(folder).sort() };
  }

  const [old, older, oldest] = ['20260103T020000Z.dump', '20260102T020000Z.dump', '20260101T020000Z.dump'];

  test('writes a file that is named by its time, that nobody else reads, and keeps the newest', () => {
    const { run, put, folder, there } = makeScript(2);
    put(old, older, oldest, 'notes.txt');
    const { status, stdout } = run('backup');
    expect({ status, left: there().slice(0, 1), count: there().length }).toEqual({
      status: 0,
      left: [old],
      count: 3,
    });
    const made = present(there()[1]);
    expect(made).toMatch(/^\d{8}T\d{6}Z\.dump$/);
    expect(stdout).toBe(`backup: ${made} has 15 bytes; 2 of at most 2 are kept\n`);
    expect(readFileSync(join(folder, made), 'utf8')).toBe('whole pa$$word\n');
    expect(there()[2]).toBe('notes.txt');
  });

  test.each([
    ['exit 1', 'the data could not be written'],
    ['for last; do :; done; : >"${last#--file=}"', 'is not whole'],
    ['for last; do :; done; echo half >"${last#--file=}"', 'is not whole'],
  ])('fails and removes no file where the dump fails: %s', (program, told) => {
    const { run, put, write, there } = makeScript(1);
    write('pg_dump', program);
    put(old, older);
    const { status, stderr } = run('backup');
    expect(status).toBe(1);
    expect(stderr).toContain(told);
    expect(there()).toEqual([older, old]);
  });

  test('lists the newest first, and restores it, or another', () => {
    const { run, put } = makeScript(2);
    put(oldest, old, older, '20260104T020000Z.dump.part');
    expect(run('list').stdout).toBe(`${old}\n${older}\n${oldest}\n`);
    expect(run('restore', 'latest').stdout).toBe(`whole ${old}restored: ${old}\n`);
    expect(run('restore', oldest).stdout).toBe(`whole ${oldest}restored: ${oldest}\n`);
  });

  test('overwrites no data unless it is told to', () => {
    const { run, put, write } = makeScript(2);
    put(old);
    write('psql', 'echo 3');
    expect(run('restore', 'latest')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'backup: there are data: to replace them by those of the backup, say --yes\n',
    });
    expect(run('restore', 'latest', '--overwrite').status).toBe(0);
  });

  test('treats data that it cannot count as data', () => {
    const { run, put, write } = makeScript(2);
    put(old);
    write('psql', 'exit 1');
    expect(run('restore', 'latest').status).toBe(1);
  });

  test.each([
    ['latest', [], 'backup: there is none\n'],
    ['../password', [old], `backup: there is no ../password; there are: ${old} \n`],
    [
      '20250101T000000Z.dump',
      [older, old],
      `backup: there is no 20250101T000000Z.dump; there are: ${old} ${older} \n`,
    ],
  ])('fails and names the backups if there is no backup %s', (name, files, stderr) => {
    const { run, put } = makeScript(2);
    put(...files);
    expect(run('restore', name)).toEqual({ status: 1, stdout: '', stderr });
  });

  test('restores no incomplete file', () => {
    const { run, folder } = makeScript(2);
    writeFileSync(join(folder, old), 'half');
    expect(run('restore', 'latest')).toEqual({
      status: 1,
      stdout: '',
      stderr: `backup: ${old} is not whole\n`,
    });
  });

  test('says how it is called', () => {
    const { run, folder } = makeScript(2);
    const { status, stderr } = run('delete');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'backup: write backup, list, or restore <file|latest> [--overwrite]\n',
    });
    expect(existsSync(folder)).toBe(true);
  });
});
