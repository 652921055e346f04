import { Bench } from '../faults/bench';
import { engine } from '../faults/engine';
import { dockerd, stopped } from '../support/daemons';
import { onRestartedEngine } from '../support/requirements';

onRestartedEngine('a restart of the engine', () => {
  let bench: Bench;

  beforeAll(async () => {
    await engine.sweep();
    bench = new Bench(engine);
    await bench.start();
  });

  afterAll(async () => {
    await engine.sweep();
    bench.remove();
  });

  test('everything comes back alone, with all that was written', async () => {
    expect((await bench.write(1)).status).toBe(200);
    await bench.load(async () => {
      const start = await stopped(dockerd);
      start();
      await bench.answersAgain(1);
    });
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
