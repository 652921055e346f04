import { Cpu, Duration, Health, PostgresDatabase, Size, type BackendProps } from 'catamaran';
import { issuesOfApp, onKubernetes, withProps } from '../../../support/application';

describe('an amount', () => {
  test.each<[string, Partial<BackendProps>, string[]]>([
    [
      'negative memory',
      { memory: Size.mebibytes(-1) },
      ['memory.limit is -1 MiB: write 6 MiB or more', 'memory.request is -1 MiB: write 1 MiB or more'],
    ],
    [
      'no memory',
      { memory: Size.bytes(0) },
      ['memory.limit is 0 MiB: write 6 MiB or more', 'memory.request is 0 MiB: write 1 MiB or more'],
    ],
    [
      'half a mebibyte of memory too much',
      { memory: Size.mebibytes(64.5) },
      [
        'memory.limit is 64.5 MiB: write a whole number of MiB, 6 MiB or more',
        'memory.request is 64.5 MiB: write a whole number of MiB, 1 MiB or more',
      ],
    ],
    [
      'more memory than a machine has',
      { memory: { request: Size.mebibytes(1), limit: Size.gibibytes(1025) } },
      ['memory.limit is 1025 GiB: write 1 TiB or less'],
    ],
    [
      'a request of memory above its limit',
      { memory: { request: Size.mebibytes(129), limit: Size.mebibytes(128) } },
      ['memory.request is 129 MiB: write no more than memory.limit, which is 128 MiB'],
    ],
    [
      'no processor',
      { cpu: Cpu.millicores(0) },
      [
        'cpu.limit is 0 millicores: write 1 millicore or more',
        'cpu.request is 0 millicores: write 1 millicore or more',
      ],
    ],
    [
      'a request of processors above its limit',
      { cpu: { request: Cpu.cores(2), limit: Cpu.cores(1) } },
      ['cpu.request is 2000 millicores: write no more than cpu.limit, which is 1000 millicores'],
    ],
    ['no replicas', { replicas: 0 }, ['replicas is 0: write a whole number from 1 to 1000']],
    ['a broken replica', { replicas: 1.5 }, ['replicas is 1.5: write a whole number from 1 to 1000']],
    [
      'an autoscaler below its minimum',
      { replicas: 3, autoscale: { max: 2, targetPercent: 0 } },
      [
        'autoscale.max is 2: write a whole number from 3 to 1000',
        'autoscale.targetPercent is 0: write a whole number from 1 to 100',
      ],
    ],
    ['no process', { processes: 0 }, ['processes is 0: write 1 or more']],
    [
      'root',
      { user: { uid: 0, gid: -1 } },
      [
        "user.uid is 0: write the user of the image; or, if it must start as root, runsAsRoot: { reason: '…' } instead of user",
        'user.gid is -1: write 0 or more',
      ],
    ],
    ['no time to stop', { grace: Duration.seconds(0) }, ['grace is 0 seconds: write 1 to 3600 seconds']],
    [
      'no time to start',
      { deadline: Duration.seconds(0) },
      ['deadline is 0 seconds: write 1 to 86400 seconds'],
    ],
    [
      'a health check without end',
      { health: Health.tcp({ every: Duration.seconds(0), timeout: Duration.minutes(61), retries: 0 }) },
      [
        'health.every is 0 seconds: write 1 to 3600 seconds',
        'health.timeout is 3660 seconds: write 1 to 3600 seconds',
        'health.retries is 0: write a whole number from 1 to 100',
      ],
    ],
    [
      'a start before the start',
      { liveness: Health.tcp({ startPeriod: Duration.seconds(-1) }) },
      ['liveness.startPeriod is -1 second: write 0 to 3600 seconds'],
    ],
    [
      'scratch space of nothing',
      { scratch: [{ path: '/tmp', size: Size.bytes(0), medium: 'disk' }] },
      ['scratch /tmp is 0 MiB: write 1 MiB or more'],
    ],
  ])('is refused: %s', (_, props, issues) => {
    expect(issuesOfApp(withProps(props), onKubernetes)).toEqual(issues.map((issue) => `shop/api: ${issue}`));
  });

  test('of storage is refused below one mebibyte', () => {
    expect(issuesOfApp((app) => new PostgresDatabase(app, 'database', { storage: Size.bytes(-1) }))).toEqual([
      'shop/database: storage is -1 byte: write a whole number of MiB, 1 MiB or more',
    ]);
  });
});
