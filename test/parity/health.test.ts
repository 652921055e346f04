import { Backend, Duration, Health, PostgresDatabase, Secret } from 'catamaran';
import { serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, backend, afterKubelet, afterCompose, noteOf, both } from './support';

export const health = proveEach({
  readiness() {
    const command = ['sh', '-c', 'test "$HOME" = $(pwd)'];
    const { docker, kubernetes } = backend({
      health: Health.command(command, {
        every: Duration.seconds(7),
        timeout: Duration.seconds(3),
        retries: 4,
        startPeriod: Duration.seconds(21),
      }),
    });
    const { readinessProbe, startupProbe } = containerOf(kubernetes, 'api');
    expect(readinessProbe).toMatchObject({ periodSeconds: 7, timeoutSeconds: 3, failureThreshold: 4 });
    expect(afterKubelet(readinessProbe?.exec?.command)).toEqual(command);
    // Until it has started, it has the longer start period, which is liveness', and the retries on top, in
    // steps of two seconds.
    expect(startupProbe).toMatchObject({
      periodSeconds: 2,
      timeoutSeconds: 3,
      failureThreshold: Math.ceil((30 + 4 * 7) / 2),
    });
    const { healthcheck } = serviceOf(docker, 'api');
    expect(healthcheck).toMatchObject({
      interval: '7s',
      timeout: '3s',
      retries: 4,
      start_period: '21s',
    });
    expect(afterCompose(healthcheck?.test)).toEqual(['CMD', ...command]);

    const asked = backend({
      health: Health.http('/ready', { headers: { Accept: 'text/$(plain)' }, host: 'shop.example.com' }),
    });
    expect(containerOf(asked.kubernetes, 'api').readinessProbe?.httpGet).toEqual({
      path: '/ready',
      port: 8000,
      httpHeaders: [
        { name: 'Host', value: 'shop.example.com' },
        { name: 'Accept', value: 'text/$(plain)' },
      ],
    });
    expect(afterCompose(serviceOf(asked.docker, 'api').healthcheck?.test)?.slice(4)).toEqual([
      ...['check', '5', '127.0.0.1', '8000', '/ready', 'shop.example.com'],
      ...['User-Agent: kube-probe/catamaran', 'Accept: text/$(plain)'],
    ]);

    const called = backend({ health: Health.grpc({ service: 'shop.Orders', timeout: Duration.seconds(2) }) });
    expect(containerOf(called.kubernetes, 'api').readinessProbe).toMatchObject({
      grpc: { port: 8000, service: 'shop.Orders' },
      timeoutSeconds: 2,
    });
    expect(serviceOf(called.docker, 'api').healthcheck?.test.slice(4, -1)).toEqual([
      ...['check', '2', '127.0.0.1', '8000', 'shop.Orders'],
    ]);

    const unasked = backend({ health: Health.none('it answers by UDP alone') });
    const {
      startupProbe: start,
      readinessProbe: ready,
      livenessProbe: alive,
    } = containerOf(unasked.kubernetes, 'api');
    expect([start, ready, alive]).toEqual([undefined, undefined, undefined]);
    // Nor does the engine run the check that an image may bring.
    expect(serviceOf(unasked.docker, 'api').healthcheck).toEqual({ disable: true });
    expect(noteOf(asked.docker, 'readiness')).toEqual({
      field: 'readiness',
      workloads: ['api'],
      note:
        'The engine runs the check inside the container, with a program of the image: for HTTP the first of curl, ' +
        'wget, python3, node and bash, for a port the first of python3, node, bash and nc, for gRPC grpc_health_probe or a curl that speaks HTTP/2. With @pulumi/docker, a new container gets requests once ' +
        'its whole release is healthy. After that, and always with compose, a container that listens gets ' +
        'requests, ready or not',
    });
  },

  liveness() {
    const { docker, kubernetes } = backend({ liveness: Health.http('/alive', { retries: 9 }) });
    expect(containerOf(kubernetes, 'api').livenessProbe).toEqual({
      httpGet: { path: '/alive', port: 8000 },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 9,
    });
    expect(noteOf(docker, 'liveness')).toEqual({
      field: 'liveness',
      workloads: ['api'],
      note: 'A container that exits is restarted. One that hangs is shown as unhealthy, but keeps running',
    });
  },

  shell() {
    const { docker, kubernetes } = both((app) => {
      const shell = 'none';
      const store = new Backend(app, 'store', { image: 'store:1', shell, port: 8000, health: Health.grpc() });
      const env = { STORE: store.url, KEY: Secret.named('KEY').file };
      const volumes = { data: { path: '/data', ownership: 'target' } } as const;
      new Backend(app, 'api', {
        image: 'api:1',
        shell,
        port: 8000,
        env,
        volumes,
        health: Health.command(['/alive']),
      });
    });
    // The program that asks is of the image.
    expect(serviceOf(docker, 'store').healthcheck?.test).toEqual([
      ...[
        'CMD',
        'grpc_health_probe',
        '-addr=127.0.0.1:8000',
        '-service=',
        '-connect-timeout=5s',
        '-rpc-timeout=5s',
      ],
    ]);
    // What prepares its volumes is a program of another image.
    for (const helper of ['api.volumes', 'api.secrets'])
      expect(serviceOf(docker, helper).image).toBe('busybox:1.37');
    expect(serviceOf(docker, 'api').image).toBe('api:1');
    // The wait for the store needs a shell, so that another image waits.
    const [gate] = podOf(kubernetes, 'api').initContainers ?? [];
    expect(gate?.image).toBe('busybox:1.37');
    expect(gate?.command?.slice(-4)).toEqual(['check', '5', 'store', '8000']);
    expect(gate?.securityContext).toMatchObject({ runAsUser: 10_001, readOnlyRootFilesystem: true });
    expect(containerOf(kubernetes, 'api').image).toBe('api:1');
  },

  gate() {
    const { docker, kubernetes } = both((app) => {
      const database = new PostgresDatabase(app, 'database');
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
    });
    // The dependent asks the dependency with the dependency's own program and image; Docker asks on the spot.
    const [gate] = podOf(kubernetes, 'api').initContainers ?? [];
    expect(gate?.image).toBe('postgres:17');
    expect(afterKubelet(gate?.command)).toEqual([
      ...['sh', '-c', 'until "$@"; do sleep 1; done', 'wait'],
      ...['pg_isready', '--quiet', '--username', 'postgres', '--host', 'database'],
    ]);
    // Of computing power, as much as the one that waits: it has an amount of memory of its own.
    expect(gate?.resources).toMatchObject({
      requests: { cpu: '100m', memory: '64Mi' },
      limits: { cpu: '500m', memory: '64Mi' },
    });
    expect(gate?.securityContext).toMatchObject({ runAsUser: 10_999, runAsGroup: 10_999 });
    expect(serviceOf(docker, 'database').healthcheck?.test).toEqual([
      ...['CMD', 'pg_isready', '--quiet', '--username', 'postgres', '--host', '127.0.0.1'],
    ]);
  },
});
