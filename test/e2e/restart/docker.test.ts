import { Bench } from '../faults/bench';
import { engine } from '../faults/engine';
import { dockerd, stopped } from '../support/daemons';
import { addressesOfStrangers, closeRanges, openRanges } from '../support/engine-ranges';
import { ask } from '../support/http';
import { onRestartedEngine } from '../support/requirements';

onRestartedEngine('a restart of the engine', () => {
  let bench: Bench;

  beforeAll(async () => {
    await engine.sweep();
    bench = new Bench(engine);
    await bench.start();
  });

  afterAll(async () => {
    await openRanges();
    await engine.sweep();
    bench.remove();
  });

  test('everything comes back alone, with all that was written, and nobody else answers meanwhile', async () => {
    expect((await bench.write(1)).status).toBe(200);
    await closeRanges();
    const strangers = await addressesOfStrangers();
    expect(strangers).not.toEqual([]);
    for (const address of strangers)
      await expect(ask(`http://${address}/`)).rejects.toThrow(`connect ENETUNREACH ${address}:80`);
    const { failed } = await bench.load(async () => {
      const start = await stopped(dockerd);
      start();
      await bench.answersAgain(1);
    });
    // Cut off, refused, or told by the proxy that nothing is behind it yet.
    const refused = /ECONNREFUSED|ECONNRESET|socket hang up|aborted|^status 50[24]$/;
    expect(Object.keys(failed).filter((kind) => !refused.test(kind))).toEqual([]);
    await bench.replicas();
    await bench.answeredBy(2);
    expect((await bench.write(2)).status).toBe(200);
    expect(await bench.read()).toEqual([1, 2]);
  });

  test('a release after it takes its place, and no request fails', async () => {
    bench.change({ release: 'next' });
    const { failed } = await bench.load(() => bench.up());
    expect(await bench.releases()).toEqual(['next']);
    expect(failed).toEqual({});
  });
});
