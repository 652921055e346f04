import {
  Backend,
  docker,
  Duration,
  Health,
  ReverseProxy,
  Route,
  Size,
  Worker,
  type WorkerProps,
} from 'catamaran';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import {
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  workloadOfApp,
  type Build,
  withProps as backend,
} from '../../support/application';
import { projectOf } from '../../support/project';
import { containerOf, kubernetesPlan, objectOf, serviceOf } from '../../support/written';

const worker =
  (props: Partial<WorkerProps> = {}): Build =>
  (app) =>
    new Worker(app, 'mailer', { image: 'api:1.0', command: ['celery', 'worker'], ...props });

test('a worker has no port, and only the health checks of its props', () => {
  expect(workloadOfApp('mailer', worker())).toMatchObject({
    run: 'service',
    entrypoint: ['celery', 'worker'],
    ports: [],
    replicas: 1,
    autoscaling: { kind: 'none' },
    readiness: { kind: 'none' },
    liveness: { kind: 'none' },
    gate: { kind: 'none' },
    connections: [],
  });
  const checked = worker({ health: Health.command(['ping'], { every: Duration.seconds(3) }), replicas: 2 });
  expect(workloadOfApp('mailer', checked)).toMatchObject({
    replicas: 2,
    readiness: {
      kind: 'probe',
      check: { kind: 'command', command: ['ping'] },
      every: { milliseconds: 3000 },
    },
    liveness: { kind: 'none' },
  });
});

test('a worker is a Deployment that is rolled, without a Service, and that nobody may connect to', () => {
  const planned = planOfApp(worker({ autoscale: { max: 4 } }), onKubernetes);
  const group = kubernetesPlan(planned).groups.find(({ name }) => name === 'mailer');
  expect(group?.objects.map(({ kind }) => kind)).toEqual([
    'ServiceAccount',
    'PodDisruptionBudget',
    'HorizontalPodAutoscaler',
    'NetworkPolicy',
    'Deployment',
  ]);
  expect(objectOf(planned, 'Deployment', 'mailer').spec?.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  expect(objectOf(planned, 'NetworkPolicy', 'mailer').spec?.ingress).toEqual([
    {
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'mailer' } } }],
      ports: [{ protocol: 'TCP', port: 65_535 }],
    },
  ]);
  expect(containerOf(planned, 'mailer').ports).toBeUndefined();
});

test('a worker on Docker is in no network, and has only the health check of its props', () => {
  const service = serviceOf(planOfApp(worker({ replicas: 3 }), onDocker), 'mailer');
  expect(service).toMatchObject({ network_mode: 'none', scale: 3, restart: 'unless-stopped' });
  expect(service.healthcheck).toBeUndefined();
});

test('an environment chooses the replicas of a worker', () => {
  const place: EnvironmentSpec = { ...onDocker, components: { mailer: { replicas: 5 } } };
  expect(workloadOfApp('mailer', worker(), place).replicas).toBe(5);
});

test('nothing can wait for a worker, since it has no port', () => {
  const build: Build = (app) => {
    const mailer = new Worker(app, 'mailer', { image: 'api:1.0', health: Health.command(['ping']) });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor: [mailer] });
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: waitsFor is "mailer": write a component with a port, or a migration',
  ]);
});

describe('a volume', () => {
  const volumes = { uploads: { path: '/srv/uploads' } };

  test('makes its component stateful, and has 1 GiB', () => {
    for (const [name, build] of [
      ['api', backend({ volumes })],
      ['mailer', worker({ volumes })],
    ] as const)
      expect(workloadOfApp(name, build)).toMatchObject({
        run: 'stateful',
        volumes: [{ name: 'uploads', path: '/srv/uploads', size: Size.gibibytes(1), ownership: 'target' }],
      });
  });

  test('allows only one replica', () => {
    expect(issuesOfApp(backend({ volumes, replicas: 2 }), onKubernetes)).toEqual([
      'shop/api: replicas is 2: write 1, because each replica would have its own copy of the data',
    ]);
  });

  const other = 'another name, because Catamaran uses this one itself';
  test.each([
    ['Uploads', 'uploads: only lower-case letters, digits and - are allowed'],
    ['up loads', 'up-loads: only lower-case letters, digits and - are allowed'],
    ['scratch-0', other],
    ['files-1', other],
  ])('cannot have the name %s', (name, write) => {
    expect(issuesOfApp(backend({ volumes: { [name]: { path: '/srv/uploads' } } }))).toEqual([
      `shop/api: volumes has "${name}": write ${write}`,
    ]);
  });

  test('has a path of its own', () => {
    expect(issuesOfApp(backend({ volumes: { uploads: { path: '/tmp' } } }))).toEqual([
      'shop/api: path is "/tmp": write a path where nothing else is mounted',
    ]);
  });

  test('of a component behind a proxy leaves its Service a stable address', () => {
    const planned = planOfApp((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, volumes });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    }, onKubernetes);
    expect(objectOf(planned, 'Service', 'api').spec?.clusterIP).toBeUndefined();
    const alone = planOfApp(backend({ volumes }), onKubernetes);
    expect(objectOf(alone, 'Service', 'api').spec?.clusterIP).toBeUndefined();
    expect(objectOf(alone, 'Service', 'api-pods').spec?.clusterIP).toBe('None');
  });
});

describe('a bind mount', () => {
  const bindMounts = [{ folder: 'source', path: '/srv/source' }];

  test('is read-only, and can be added by an environment', () => {
    const folder = projectOf({ 'source/app.py': '', 'more/one': '' });
    const place: EnvironmentSpec = {
      ...onDocker,
      components: { api: { bindMounts: [{ folder: 'more', path: '/srv/more', access: 'read-write' }] } },
    };
    const planned = planOfApp(backend({ bindMounts }), place, { folder });
    expect(planned.model.workloads[0]?.bindMounts).toEqual([
      { folder: 'source', path: '/srv/source', access: 'read-only' },
      { folder: 'more', path: '/srv/more', access: 'read-write' },
    ]);
  });

  test('of a missing folder, or of one outside the project, is refused', () => {
    const folder = projectOf({ 'file.txt': '' });
    const mount = (name: string) => backend({ bindMounts: [{ folder: name, path: '/srv/source' }] });
    const write = "a folder that exists, relative to the application's folder";
    expect(issuesOfApp(mount('source'), onDocker, { folder })).toEqual([
      `shop/api: bindMounts is "${folder}/source": write ${write}`,
    ]);
    expect(issuesOfApp(mount('file.txt'), onDocker, { folder })).toEqual([
      `shop/api: bindMounts is "${folder}/file.txt": write ${write}`,
    ]);
    expect(issuesOfApp(mount('/etc'), onDocker, { folder })).toEqual([
      `shop/api: bindMounts is "/etc": write ${write}`,
    ]);
  });

  test.each([
    { folder: '/var/run/docker.sock', path: '/var/run/docker.sock' },
    { folder: 'run/containerd.sock', path: '/run/engine.sock' },
    { folder: '/srv/engine', path: '/run/podman/podman.sock' },
  ])('of the socket of an engine is refused by name: %j', (mount) => {
    expect(issuesOfApp(backend({ bindMounts: [mount] }))).toEqual([
      `shop/api: bindMounts has ${mount.folder}, the socket of the engine, and a program that has it is root of the host: ` +
        'write a ReverseProxy for routes, or run a program that manages containers outside of the application',
    ]);
  });

  test('is refused on a remote engine', () => {
    const folder = projectOf({ 'source/app.py': '' });
    const at = (host: string) => () => issuesOfApp(backend({ bindMounts }), docker({ host }), { folder });
    expect(at('ssh://deploy@example.com')()).toEqual([
      'shop (dev): host is "ssh://deploy@example.com": write the engine of this machine, because the ' +
        'bindMounts of api are folders of this machine',
    ]);
    expect(at('unix:///var/run/docker.sock')).toThrow('expected issues, and there was none');
  });
});

describe('a liveness check without a readiness check', () => {
  const liveness = Health.command(['alive'], {
    every: Duration.seconds(10),
    timeout: Duration.seconds(3),
    retries: 2,
    startPeriod: Duration.seconds(120),
  });

  test('has its start period on Kubernetes', () => {
    const container = containerOf(planOfApp(worker({ liveness }), onKubernetes), 'mailer');
    const exec = { command: ['alive'] };
    expect(container.livenessProbe).toEqual({
      exec,
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 2,
    });
    expect(container.startupProbe).toEqual({
      exec,
      periodSeconds: 2,
      timeoutSeconds: 3,
      failureThreshold: 70,
    });
    expect(container.readinessProbe).toBeUndefined();
  });

  test('is none on Docker, which says so in a note', () => {
    const planned = planOfApp(worker({ liveness }), onDocker);
    expect(serviceOf(planned, 'mailer').healthcheck).toBeUndefined();
    expect(planned.notes).toContainEqual({
      field: 'liveness',
      workloads: ['mailer'],
      note: 'A container that exits is restarted. One that hangs is shown as unhealthy, but keeps running',
    });
  });
});
