import { docker } from 'catamaran';
import { targets } from '../../../cli/targets';
import { planApplication } from '../../../constructs/pipeline/plan';
import { applyDocker } from '../../../docker/apply/apply';
import scanned from '../../e2e/scanned';
import { deploymentOn, registeredBy } from '../../support/pulumi';
import { composeOf, dockerPlan } from '../../support/written';

// What section 5 of the CIS Docker Benchmark asks and no policy does, as a plan has no word for it. The
// application has every word that it can have, overrides included.
const planned = planApplication(scanned.create(scanned.environments.dev), targets, new Map());

function wordsOf(objects: readonly object[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))].sort();
}

describe('every service of a compose file', () => {
  const services: readonly (readonly [string, object])[] = Object.entries(composeOf(planned).services);

  test('has only known keys, and none such as privileged, pid, ipc and userns_mode', () => {
    expect(wordsOf(services.map(([, service]) => service))).toEqual([
      ...[
        'cap_add',
        'cap_drop',
        'cgroup',
        'command',
        'cpu_shares',
        'cpus',
        'depends_on',
        'develop',
        'devices',
        'entrypoint',
      ],
      ...[
        'environment',
        'extra_hosts',
        'healthcheck',
        'image',
        'labels',
        'logging',
        'mem_limit',
        'mem_reservation',
      ],
      ...[
        'memswap_limit',
        'network_mode',
        'networks',
        'pids_limit',
        'ports',
        'read_only',
        'restart',
        'scale',
      ],
      ...['secrets', 'security_opt', 'stop_grace_period', 'sysctls', 'tmpfs', 'ulimits', 'user', 'volumes'],
    ]);
  });

  test.each(services)('%s is confined', (name, service) => {
    expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service).toHaveProperty('restart', expect.stringMatching(/^(no|unless-stopped)$/));
    if ('network_mode' in service) expect(service.network_mode).toBe('none');
    // Compose brings secrets into no container with a read-only root: these do that, and end.
    if (name.endsWith('.secrets'))
      expect(service).toMatchObject({ entrypoint: ['true'], network_mode: 'none' });
    else expect(service).toMatchObject({ read_only: true });
  });
});

describe('every container that Pulumi makes', () => {
  let started: readonly Record<string, unknown>[] = [];
  let fillers: readonly Record<string, unknown>[] = [];
  beforeAll(async () => {
    const registered = await registeredBy(
      () => {
        return applyDocker(dockerPlan(planned), deploymentOn(docker()));
      },
      { state: ({ name }) => ({ name, exitCode: 0, containerLogs: '' }) },
    );
    const all = registered.filter(({ type }) => type === 'docker:index/container:Container');
    const inputs = all.map((container) => container.inputs);
    started = inputs.filter(({ start }) => start !== false);
    fillers = inputs.filter(({ start }) => start === false);
  });

  test('has only known inputs, and none such as privileged, pidMode and ipcMode', () => {
    expect(wordsOf([...started, ...fillers])).toEqual([
      ...[
        'attach',
        'capabilities',
        'cgroupnsMode',
        'command',
        'cpuShares',
        'cpus',
        'destroyGraceSeconds',
        'devices',
        'entrypoints',
      ],
      ...['envs', 'healthcheck', 'hosts', 'image', 'labels', 'logDriver', 'logOpts', 'logs', 'memory'],
      ...[
        'memoryReservation',
        'memorySwap',
        'mustRun',
        'name',
        'networkMode',
        'networksAdvanced',
        'ports',
        'readOnly',
      ],
      ...[
        'restart',
        'securityOpts',
        'start',
        'stopTimeout',
        'sysctls',
        'tmpfs',
        'ulimits',
        'uploads',
        'user',
      ],
      'volumes',
    ]);
  });

  test('is confined, where it starts at all', () => {
    expect(started.length).toBeGreaterThan(0);
    for (const container of started)
      expect(container).toMatchObject({
        capabilities: { drops: ['ALL'] },
        securityOpts: ['no-new-privileges:true'],
        readOnly: true,
        restart: expect.stringMatching(/^(no|unless-stopped)$/),
        ...('networkMode' in container && { networkMode: 'none' }),
      });
    for (const container of fillers) expect(container).toMatchObject({ networkMode: 'none', mustRun: false });
  });
});
