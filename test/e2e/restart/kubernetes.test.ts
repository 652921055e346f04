import { Bench } from '../faults/bench';
import { cluster } from '../faults/cluster';
import { kubectl } from '../support/cluster';
import { kubelet, stopped } from '../support/daemons';
import { failures } from '../support/http';
import { onRestartedCluster } from '../support/requirements';
import { until } from '../support/run';

onRestartedCluster('a restart of the kubelet', () => {
  let bench: Bench;

  beforeAll(async () => {
    await cluster.sweep();
    bench = new Bench(cluster);
    await bench.start();
  });

  afterAll(async () => {
    await cluster.sweep();
    bench.remove();
  });

  // A kubelet that starts takes no pod for ready until it has asked it again; this node has all of them.
  test('everything comes back alone: no pod is another or started again, and what was written is there', async () => {
    const before = await bench.replicas();
    expect((await bench.write(1)).status).toBe(200);
    await bench.load(async () => {
      const start = await stopped(kubelet);
      const since = new Date();
      start();
      await until('a heartbeat', 120, () => reportedAfter(since));
      await bench.answersAgain(1);
    });
    expect(await bench.replicas()).toEqual(before);
    await bench.answeredBy(2);
    expect(await bench.read()).toEqual([1]);
  });

  test('a replica that is killed after it is another soon', async () => {
    const load = await bench.load(() =>
      bench.recovers('both replicas are there', (first) => cluster.kill(first)),
    );
    expect(failures(load)).toBeLessThanOrEqual(2);
  });
});

/** Whether the node's lease is newer than a time, and the node is ready. */
async function reportedAfter(time: Date): Promise<true | undefined> {
  const lease = await kubectl([
    ...['--namespace', 'kube-node-lease', 'get', 'leases', '--output'],
    'jsonpath={.items[0].spec.renewTime}',
  ]);
  const ready = await kubectl([
    ...['get', 'nodes', '--output'],
    'jsonpath={.items[0].status.conditions[?(@.type=="Ready")].status}',
  ]);
  return new Date(lease) > time && ready === 'True' ? true : undefined;
}
