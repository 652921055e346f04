import { docker } from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { applyDocker } from '../../docker/apply/apply';
import type { EngineOptions } from '../../docker/engine-options';
import { issuesOfApp, planOfApp, withProps } from '../support/application';
import { deploymentOn, registeredBy } from '../support/pulumi';
import { dockerPlan, serviceOf } from '../support/written';

/** Every option: it does not compile without one. */
const every: Required<EngineOptions> = {
  capabilities: ['NET_BIND_SERVICE'],
  cgroupParent: '/odd',
  cpuSet: '0-1',
  devices: [{ host: '/dev/dri', container: '/dev/gpu', permissions: 'rw' }],
  dns: { servers: ['192.0.2.1'], options: ['ndots:2'], search: ['example.com'] },
  groups: ['1234'],
  hostname: 'odd',
  hosts: { printer: '192.0.2.7' },
  labels: { 'traefik.rule': 'Host(`a`) && $x' },
  logging: { driver: 'journald', options: { tag: '$name' } },
  runtime: 'nvidia',
  security: ['seccomp=unconfined'],
  sharedMemory: 128 * 1024 ** 2,
  sysctls: { 'net.core.somaxconn': '1024' },
  ulimits: { nofile: { soft: 1024, hard: 4096 } },
};

const place = (engine: EngineOptions) =>
  docker({
    components: {
      api: {
        overrides: [dockerContainer({ reason: 'a test', change: (container) => ({ ...container, engine }) })],
      },
    },
  });

test('compose gets every option', () => {
  const service = serviceOf(planOfApp(withProps(), place(every)), 'api');
  expect(service).toMatchObject({
    cap_add: ['NET_BIND_SERVICE'],
    cgroup_parent: '/odd',
    cpuset: '0-1',
    devices: ['/dev/dri:/dev/gpu:rw'],
    dns: ['192.0.2.1'],
    dns_opt: ['ndots:2'],
    dns_search: ['example.com'],
    extra_hosts: { printer: '192.0.2.7' },
    group_add: ['1234'],
    hostname: 'odd',
    labels: { 'traefik.rule': 'Host(`a`) && $$x' },
    logging: { driver: 'journald', options: { tag: '$$name' } },
    runtime: 'nvidia',
    security_opt: ['no-new-privileges:true', 'seccomp=unconfined'],
    shm_size: '128m',
    sysctls: { 'net.core.somaxconn': '1024' },
    ulimits: { nofile: { soft: 1024, hard: 4096 } },
  });
});

test('Pulumi gets every option', async () => {
  const plan = dockerPlan(planOfApp(withProps(), place(every)));
  const registered = await registeredBy(() => applyDocker(plan, deploymentOn(docker())));
  const inputs = registered.find(({ type }) => type === 'docker:index/container:Container')?.inputs;
  expect(inputs).toMatchObject({
    capabilities: { adds: ['NET_BIND_SERVICE'] },
    cgroupParent: '/odd',
    cpuSet: '0-1',
    devices: [{ hostPath: '/dev/dri', containerPath: '/dev/gpu', permissions: 'rw' }],
    dns: ['192.0.2.1'],
    dnsOpts: ['ndots:2'],
    dnsSearches: ['example.com'],
    groupAdds: ['1234'],
    hostname: 'odd',
    hosts: [{ host: 'printer', ip: '192.0.2.7' }],
    logDriver: 'journald',
    logOpts: { tag: '$name' },
    runtime: 'nvidia',
    securityOpts: ['no-new-privileges:true', 'seccomp=unconfined'],
    shmSize: 128,
    sysctls: { 'net.core.somaxconn': '1024' },
    ulimits: [{ name: 'nofile', soft: 1024, hard: 4096 }],
  });
  expect(inputs?.['labels']).toContainEqual({ label: 'traefik.rule', value: 'Host(`a`) && $x' });
});

test('without options, logs have a limited size, and nothing else is set', async () => {
  const service = serviceOf(planOfApp(withProps(), docker()), 'api');
  expect(service.logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
  const plan = dockerPlan(planOfApp(withProps(), docker()));
  const registered = await registeredBy(() => applyDocker(plan, deploymentOn(docker())));
  const inputs = registered.find(({ type }) => type === 'docker:index/container:Container')?.inputs ?? {};
  expect(inputs).toMatchObject({ logDriver: 'json-file', logOpts: { 'max-file': '3', 'max-size': '10m' } });
  for (const key of ['workingDir', 'tty', 'stdinOpen', 'init', 'stopSignal', 'platform', 'dns', 'hostname'])
    expect(inputs).not.toHaveProperty(key);
});

test('Pulumi starts and stops a program as the component says', async () => {
  const props = {
    workingDirectory: '/srv/app',
    tty: true,
    stdin: true,
    init: true,
    stopSignal: 'SIGINT',
    platform: 'linux/arm64',
    labels: { a: 'b' },
    annotations: { c: 'd' },
  } as const;
  const plan = dockerPlan(planOfApp(withProps(props), docker()));
  const registered = await registeredBy(() => applyDocker(plan, deploymentOn(docker())));
  const inputs = registered.find(({ type }) => type === 'docker:index/container:Container')?.inputs;
  expect(inputs).toMatchObject({
    workingDir: '/srv/app',
    tty: true,
    stdinOpen: true,
    init: true,
    stopSignal: 'SIGINT',
    platform: 'linux/arm64',
  });
  expect(inputs?.['labels']).toEqual(
    expect.arrayContaining([
      { label: 'a', value: 'b' },
      { label: 'c', value: 'd' },
    ]),
  );
});

test.each<[object, string]>([
  [
    { labels: { 'catamaran.workload': 'x' } },
    'sets engine.labels to "catamaran.workload": write another key, because others set this label themselves',
  ],
  [
    { sharedMemory: 1000 },
    'sets engine.sharedMemory to 1000: write a number of bytes that is a multiple of 1 MiB',
  ],
  [{ loging: { driver: 'x' } }, 'engine.loging is not an option of the engine: did you mean logging?'],
  [{ dns: { server: [] } }, 'engine.dns.server is not a field of dns: did you mean servers?'],
])('%j is refused', (engine, message) => {
  expect(issuesOfApp(withProps(), place(engine))).toEqual([expect.stringContaining(message)]);
});
