import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { carriers, validOn } from './application';
import { backwards } from './backwards';
import { plannedOf } from './outcome';
import { holds } from './runs';

/** Does something as in another place of the world, and another folder. */
function elsewhere<Result>(action: () => Result): Result {
  const { TZ } = process.env;
  const folder = process.cwd();
  process.env['TZ'] = 'Pacific/Kiritimati';
  process.chdir(tmpdir());
  try {
    return action();
  } finally {
    process.chdir(folder);
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  }
}

test.each(carriers)(
  'an application is the same bytes anywhere, in whatever order its props are given: %s',
  (carrier) => {
    holds(
      100,
      fc.property(validOn(carrier), (description) => {
        const { files } = plannedOf(description);
        expect(elsewhere(() => plannedOf(description)).files).toEqual(files);
        expect(plannedOf(backwards(description)).files).toEqual(files);
      }),
    );
  },
);

test.each(['tr_TR.UTF-8', 'C', 'lt_LT.ISO-8859-13'])(
  'every stack is the same bytes in another process, of locale %s',
  (locale) => {
    const root = resolve(__dirname, '../..');
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'lib/cli/main.js'), 'synth', '--check'],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: locale, LANG: locale, TZ: 'Asia/Kathmandu' },
      },
    );
    expect({ status, last: stdout.trim().split('\n').at(-1) }).toEqual({
      status: 0,
      last: 'dist is up to date',
    });
  },
);
