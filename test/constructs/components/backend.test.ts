import { Backend, Cpu, hostPort, loadBalancer, nodePort, Size, type Application } from 'catamaran';
import { onDocker, onKubernetes, workloadOfApp } from '../../support/application';
import { variable } from '../../support/variable';

describe('a backend', () => {
  const build = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });

  test('has a default for every field', () => {
    const probe = {
      kind: 'probe',
      check: { kind: 'tcp', port: 8000 },
      every: { milliseconds: 10_000 },
      timeout: { milliseconds: 5000 },
      retries: 3,
      startPeriod: { milliseconds: 30_000 },
    };
    expect(workloadOfApp('api', build)).toEqual({
      name: 'api',
      run: 'service',
      schedule: { kind: 'none' },
      image: { kind: 'reference', reference: 'api:1.0' },
      entrypoint: [],
      arguments: [],
      variables: {},
      files: [],
      secretFiles: [],
      addedSecrets: [],
      fileModes: {},
      volumes: [],
      sharedVolumes: [],
      bindMounts: [],
      scratch: [{ path: '/tmp', size: Size.mebibytes(64), medium: 'disk', content: 'empty' }],
      root: 'read-only',
      user: { uid: 10001, gid: 10001, binding: 'any' },
      privilege: { kind: 'none' },
      capabilities: [],
      ports: [{ name: 'http', number: 8000, protocol: 'tcp', exposure: { kind: 'internal' } }],
      authentication: { kind: 'own' },
      ownName: 'service',
      routes: [],
      tls: { kind: 'none' },
      trustedProxies: [],
      replicas: 1,
      autoscaling: { kind: 'none' },
      cpu: { request: Cpu.millicores(100), limit: Cpu.millicores(500) },
      memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      processes: 256,
      readiness: probe,
      liveness: probe,
      gate: { kind: 'check', check: probe.check, memory: Size.mebibytes(64) },
      after: [],
      connections: [],
      grace: { milliseconds: 20_000 },
      deadline: { kind: 'after', time: { milliseconds: 600_000 } },
      shell: { kind: 'own' },
      workingDirectory: '',
      terminal: 'none',
      stdin: 'closed',
      init: 'program',
      stopSignal: 'image',
      platform: 'any',
      labels: {},
      annotations: {},
      exceptions: [],
    });
  });

  test('takes size, exposure and more variables from its environment', () => {
    const components = {
      api: {
        replicas: 3,
        autoscale: { max: 7 },
        cpu: Cpu.cores(1),
        memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
        env: { LEVEL: 'warning', MORE: 1 },
        expose: nodePort(30_001, 8081),
      },
    };
    const own = (app: Application) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        replicas: 1,
        publish: 80,
        autoscale: { max: 2 },
        cpu: Cpu.cores(4),
        env: { LEVEL: 'info', SAME: 'same' },
      });
    const workload = workloadOfApp('api', own, { ...onKubernetes, components });
    expect(workload).toMatchObject({
      replicas: 3,
      autoscaling: { kind: 'cpu', max: 7, targetPercent: 70 },
      cpu: { request: Cpu.cores(1), limit: Cpu.cores(1) },
      memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
      variables: { LEVEL: ['warning'], MORE: ['1'], SAME: ['same'] },
      ports: [{ exposure: { kind: 'node-port', nodePort: 30_001, port: 8081 } }],
    });
    const off = { ...onKubernetes, components: { api: { autoscale: 'off' } } } as const;
    expect(workloadOfApp('api', own, off).autoscaling).toEqual({ kind: 'none' });
  });

  test('is published on a host port of Docker, and on a load balancer of a cluster', () => {
    const published = (app: Application) =>
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, publish: 80 });
    expect(workloadOfApp('api', published, onDocker).ports[0]?.exposure).toEqual(hostPort(80));
    expect(workloadOfApp('api', published, onKubernetes).ports[0]?.exposure).toEqual(loadBalancer(80));
    const local = { ...onDocker, components: { api: { expose: hostPort(81, '127.0.0.1') } } };
    expect(workloadOfApp('api', published, local).ports[0]?.exposure).toEqual(hostPort(81, '127.0.0.1'));
  });

  test('has one connection and one place in the start order, however often it is referenced', () => {
    const workload = workloadOfApp('web', (app) => {
      const api = build(app);
      const env = { HOST: api.endpoint, URL: api.url, SAME: api.url };
      new Backend(app, 'web', { image: 'web:1.0', port: 3000, env, waitsFor: [api] });
    });
    expect(workload.connections).toEqual([
      { kind: 'workload', workload: 'api', port: 8000, protocol: 'tcp' },
    ]);
    expect(workload.after).toEqual([{ workload: 'api', until: 'ready' }]);
    expect(variable(workload, 'HOST')).toBe('api:8000');
    expect(variable(workload, 'URL')).toBe('http://api:8000');
  });

  test('may connect to the port of a component that it waits for, because its wait asks there', () => {
    const workload = workloadOfApp('web', (app) => {
      const api = build(app);
      new Backend(app, 'web', { image: 'web:1.0', port: 3000, waitsFor: [api] });
    });
    expect(workload).toMatchObject({
      connections: [{ kind: 'workload', workload: 'api', port: 8000, protocol: 'tcp' }],
      after: [{ workload: 'api', until: 'ready' }],
    });
  });

  test('has its variables in the order of their names', () => {
    const workload = workloadOfApp(
      'api',
      (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { B: 1, _: 2, A: 3 } }),
    );
    expect(Object.keys(workload.variables)).toEqual(['A', 'B', '_']);
  });
});
