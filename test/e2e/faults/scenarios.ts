import type { Bench } from './bench';
import { failures } from '../support/http';
import { pause, until } from '../support/run';
import type { SmallDisk } from '../support/small-disk';

/** Requests that are under way at once, see underLoad. */
const inFlight = 2;

/** What a failed update says on a target. */
export interface Complaints {
  readonly notReady: RegExp;
  readonly migration: RegExp;
}

/** Where a program of ours failed: nothing that a user can mend. */
const stackTrace = /^ *at .*\.[jt]s:\d+/m;

/** What every target has to stand, under a steady load through the proxy. */
export function scenarios(bench: () => Bench, { notReady, migration }: Complaints): void {
  test('a replica more, and one less: no request fails', async () => {
    bench().change({ replicas: 3 });
    const more = await bench().load(() => bench().up());
    await bench().answeredBy(3);
    bench().change({ replicas: 2 });
    const less = await bench().load(() => bench().up());
    await bench().answeredBy(2);
    expect([more.failed, less.failed]).toEqual([{}, {}]);
  });

  test('a release that is never ready takes no request, and the update says why', async () => {
    bench().change({ release: 'unready', state: 'the cache is cold', deadline: 10 });
    const { failed } = await bench().load(async () => {
      const { code, stdout, stderr } = await bench().tryUp();
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(notReady);
      expect(stdout + stderr).not.toMatch(stackTrace);
      expect(await bench().releases()).toEqual(['first']);
    });
    expect(failed).toEqual({});
  });

  test('a migration that fails: the release before goes on, and the next good one takes its place', async () => {
    bench().change({ release: 'unmigrated', state: 'ready', statement: 'select 1 / 0' });
    const bad = await bench().load(async () => {
      const { code, stdout, stderr } = await bench().tryUp();
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(migration);
      expect(stdout + stderr).not.toMatch(stackTrace);
      expect(await bench().releases()).toEqual(['first']);
    });
    bench().change({ release: 'good', statement: 'select 2', deadline: 120 });
    const good = await bench().load(() => bench().up());
    expect(await bench().releases()).toEqual(['good']);
    expect([bad.failed, good.failed]).toEqual([{}, {}]);
  });

  test('a replica that is killed is another soon, and at most the requests in flight fail', async () => {
    const { hull } = bench();
    const load = await bench().load(() =>
      bench().recovers('both replicas are there', (first) => hull.kill(first)),
    );
    expect(failures(load)).toBeLessThanOrEqual(inFlight);
  });

  test('a replica over its memory limit is started again, and the others serve on', async () => {
    const load = await bench().load(() =>
      bench().recovers('both replicas are there', () => bench().order('/eat-memory')),
    );
    expect(failures(load)).toBeLessThanOrEqual(inFlight);
  });

  test('a database that is killed comes back alone, with all that was written', async () => {
    const { hull } = bench();
    const acknowledged: number[] = [];
    const refused: string[] = [];
    let isOver = false;
    const writing = async () => {
      for (let number = 1000; !isOver; number += 1) {
        const { status, text } = await bench()
          .write(number)
          .catch((error: unknown) => ({ status: 0, text: String(error) }));
        if (status === 200) acknowledged.push(number);
        else refused.push(text);
        await pause(20);
      }
    };
    const writer = writing();
    const { failed } = await bench().load(async () => {
      await until('a write', 30, () => Promise.resolve(acknowledged.at(10)));
      await bench().timed('the database takes writes again', async () => {
        const earlier = refused.length;
        await hull.killDatabase();
        await until('a refused write', 30, () => Promise.resolve(refused.at(earlier)));
        const before = acknowledged.length;
        await until('a write after it', 120, () => Promise.resolve(acknowledged.at(before + 5)));
      });
    });
    isOver = true;
    await writer;
    const kept = new Set(await bench().read());
    process.stdout.write(`    ${hull.stack}: ${acknowledged.length} writes, and ${refused.length} refused\n`);
    expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
    expect(failed).toEqual({});
  });
}

/** What a full disk is to those that write on it. */
export function fullDisk(bench: () => Bench, disk: () => SmallDisk): void {
  test('a volume that is full: writes are refused with the reason, reads go on, and room mends it', async () => {
    expect((await bench().order('/new-log')).status).toBe(200);
    expect((await bench().write(1)).status).toBe(200);
    const { failed } = await bench().load(async () => {
      const { status, text } = await until('a refused write', 30, async () => {
        // Again, where the database has made some room by itself.
        await disk().fill(256 * 1024);
        const answer = await bench().write(2, 1024);
        return answer.status === 200 ? undefined : answer;
      });
      expect({ status, text }).toEqual({
        status: 500,
        text: expect.stringMatching(/^could not extend file ".*": .*No space left on device/) as string,
      });
      expect(await bench().read()).toContain(1);
      disk().empty();
      expect(await bench().write(3, 1024)).toMatchObject({ status: 200, text: 'written' });
    });
    expect(await bench().read()).toEqual(expect.arrayContaining([1, 3]));
    expect(failed).toEqual({});
  });
}
