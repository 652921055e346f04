import { onEngineWithPulumiAndDisk } from '../support/requirements';
import { SmallDisk } from '../support/small-disk';
import { Bench } from './bench';
import { engine } from './engine';
import { fullDisk, scenarios } from './scenarios';

onEngineWithPulumiAndDisk('faults on Docker', () => {
  const disk = new SmallDisk();
  let bench: Bench;

  beforeAll(async () => {
    await disk.mount(256, 999);
    await engine.prepare(disk.folder);
    bench = new Bench(engine);
    await bench.start();
  });

  afterAll(async () => {
    await engine.sweep();
    bench.remove();
    await disk.unmount();
  });

  scenarios(() => bench, {
    notReady:
      /backend: a replica is not healthy after 10 s \(running\)\. Components that wait for it were not updated\. Correct it, or what it depends on, and run pulumi up again; or create the replica again with pulumi up --replace '\S+'\. Its log ends with:\n( *release unready listens\n)?( *not ready: the cache is cold\n)+ *Its health check printed: .*503/,
    migration:
      /migration: the job failed with exit code 1\. .* Its log ends with:\n( *.*\n)*.*division by zero/,
  });

  test('a replica that fills its scratch folder is told so, and the others serve on', async () => {
    const { failed } = await bench.load(async () => {
      expect(await bench.order('/fill-scratch')).toMatchObject({
        status: 500,
        text: '[Errno 28] No space left on device',
      });
    });
    expect(failed).toEqual({});
  });

  fullDisk(
    () => bench,
    () => disk,
  );
});
