import { failures } from '../support/http';
import { onClusterWithPulumiAndDisk } from '../support/requirements';
import { SmallDisk } from '../support/small-disk';
import { Bench } from './bench';
import { cluster } from './cluster';
import { fullDisk, scenarios } from './scenarios';

onClusterWithPulumiAndDisk('faults on Kubernetes', () => {
  const disk = new SmallDisk();
  let bench: Bench;

  beforeAll(async () => {
    // The user of PostgreSQL, above those of nodes.
    await disk.mount(256, 10999);
    await cluster.prepare(disk.folder);
    bench = new Bench(cluster);
    await bench.start();
  });

  afterAll(async () => {
    await cluster.sweep();
    bench.remove();
    await disk.unmount();
  });

  scenarios(() => bench, {
    notReady:
      /backend: the rollout failed: error: deployment "backend" exceeded its progress deadline\. Container backend of pod backend-\S+ is not ready.*\. Its log ends with:\n( *release unready listens\n)?( *not ready: the cache is cold\n)+/,
    migration:
      /migration-[0-9a-f]{8}: the job failed \(BackoffLimitExceeded: .*\)\. .* pulumi up --replace '\S+'\. .* Its log ends with:\n( *.*\n)*.*division by zero/,
  });

  test('a replica that fills its scratch folder is replaced, and the others serve on', async () => {
    const load = await bench.load(() =>
      bench.recovers('another replica is there', () => bench.order('/fill-scratch')),
    );
    expect(failures(load)).toBeLessThanOrEqual(2);
  });

  fullDisk(
    () => bench,
    () => disk,
  );
});
