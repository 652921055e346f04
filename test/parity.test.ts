import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import {
  Backend,
  backupVolume,
  Cache,
  certificateFiles,
  Cpu,
  Duration,
  ExternalApi,
  Health,
  Image,
  Json,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Schedule,
  ScheduledJob,
  Secret,
  Size,
  tlsSecret,
  type Application,
  type BackendProps,
} from 'catamaran';
import { manifestFiles } from '../charts/files';
import type { ManifestOf, PodSpec } from '../charts/manifest';
import { writtenFiles, type Planned } from '../constructs/pipeline/plan';
import type { EnvironmentSpec } from '../constructs/environment/environment';
import type { Workload } from '../constructs/model/workload';
import {
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  present,
  withProps,
  type Build,
} from './support/application';
import { expandByKubelet, interpolateByCompose, kubeletEnvironment } from './support/expansion';
import { projectOf } from './support/project';
import {
  composeOf,
  dockerPlan,
  kubernetesPlan,
  objectOf,
  objectsOf,
  serviceOf,
  containerOf,
  podOf,
} from './support/written';

/** One application, planned for both targets. */
interface Both {
  readonly docker: Planned;
  readonly kubernetes: Planned;
}

function both(build: Build, folder?: string): Both {
  const options = folder === undefined ? {} : { folder };
  return {
    docker: planOfApp(build, onDocker, options),
    kubernetes: planOfApp(build, onKubernetes, options),
  };
}

/** A backend with some fields of interest. */
function backend(props: Partial<BackendProps> = {}): Both {
  return both(withProps(props));
}

/** The same where nodes keep no more free than is requested. */
function burstable(props: Partial<BackendProps>): Planned {
  const place: KubernetesSpec = { ...onKubernetes, qualityOfService: 'burstable' };
  return planOfApp(withProps(props), place);
}

function noteOf({ notes }: Planned, field: keyof Workload) {
  return notes.find((note) => note.field === field);
}

/** The volume of a workload that is no StatefulSet: it stays as well, whoever deletes what is no longer written. */
function standaloneVolume(): void {
  const build: Build = (app) =>
    new PostgresDatabase(app, 'database', {
      backup: { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(3)) },
    });
  const { docker, kubernetes } = both(build);
  const path = '/var/lib/postgresql/data';
  const claim = objectOf(kubernetes, 'PersistentVolumeClaim', 'database-backup-backups');
  expect(claim.spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '3Gi' } },
  });
  expect(claim.metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
  const { spec } = objectOf(kubernetes, 'CronJob', 'database-backup');
  const pod = present(spec?.jobTemplate.spec?.template.spec);
  expect(pod.volumes).toContainEqual({
    name: 'backups',
    persistentVolumeClaim: { claimName: 'database-backup-backups' },
  });
  expect(pod.containers[0]?.volumeMounts).toContainEqual({ name: 'backups', mountPath: path });
  const { services, volumes } = composeOf(docker);
  expect(services['database-backup']?.volumes).toContainEqual({
    type: 'volume',
    source: 'database-backup-backups',
    target: path,
  });
  expect(volumes).toHaveProperty(['database-backup-backups'], {});
  const place = { ...onKubernetes, data: 'delete', storageClass: 'fast' } as const;
  const gone = objectOf(planOfApp(build, place), 'PersistentVolumeClaim', 'database-backup-backups');
  expect(gone.metadata.annotations).toBeUndefined();
  expect(gone.spec?.storageClassName).toBe('fast');
}

/** Says for one field of the model what makes it mean the same on both targets. */
const parity: Record<keyof Workload, () => void> = {
  name() {
    const { docker, kubernetes } = both((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new Backend(app, 'web', { image: 'web:1.0', port: 3000, env: { API_URL: api.url } });
    });
    expect(objectOf(kubernetes, 'Service', 'api').metadata.name).toBe('api');
    expect(serviceOf(docker, 'api').networks?.['web.api']).toEqual({ aliases: ['api'] });
    expect(containerOf(kubernetes, 'web').env).toEqual([{ name: 'API_URL', value: 'http://api:8000' }]);
    expect(serviceOf(docker, 'web').environment).toEqual({ API_URL: 'http://api:8000' });
  },

  run() {
    const { docker, kubernetes } = both(threeRuns);
    expect(
      kubernetesPlan(kubernetes).groups.map(({ objects }) => objects.map(({ kind }) => kind).at(-1)),
    ).toEqual(['NetworkPolicy', 'StatefulSet', 'Job', 'Deployment']);
    const job = present(objectsOf(kubernetes, 'Job')[0]);
    expect(job.spec?.template.spec?.restartPolicy).toBe('OnFailure');
    expect(podOf(kubernetes, 'api').restartPolicy).toBe('Always');
    expect(podOf(kubernetes, 'database').restartPolicy).toBe('Always');
    expect(serviceOf(docker, 'migration').restart).toBe('no');
    expect(serviceOf(docker, 'api').restart).toBe('unless-stopped');
    expect(serviceOf(docker, 'database').restart).toBe('unless-stopped');
  },

  schedule() {
    const command = ['sh', '-c', 'echo $HOME $(id)'];
    const { docker, kubernetes } = both((app) => {
      const cache = new Cache(app, 'cache');
      new ScheduledJob(app, 'retention', {
        image: 'api:1.0',
        command,
        schedule: Schedule.cron('*/20 3 * * *', { timeZone: 'Europe/Berlin' }),
        timeout: Duration.minutes(20),
        retries: 2,
        startWithin: Duration.seconds(90),
        grace: Duration.seconds(30),
        env: { CACHE_URL: cache.url },
      });
    });
    const { spec } = objectOf(kubernetes, 'CronJob', 'retention');
    const { jobTemplate, ...times } = present(spec);
    expect(times).toEqual({
      schedule: '*/20 3 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 90,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    });
    expect(jobTemplate.spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 1200 });
    const pod = present(jobTemplate.spec?.template.spec);
    expect(pod).toMatchObject({ restartPolicy: 'OnFailure', terminationGracePeriodSeconds: 30 });
    expect(noteOf(kubernetes, 'schedule')).toEqual({
      field: 'schedule',
      workloads: ['retention'],
      note:
        'A node restarts a failed run before its Job counts the failure. After the last retry, one more run ' +
        'starts and is stopped',
    });
    expect(pod.initContainers?.map(({ name }) => name)).toEqual(['wait-cache']);
    expect(seenByContainer(pod.containers[0]?.command)).toEqual(command);
    expect(objectsOf(kubernetes, 'Service').map(({ metadata }) => metadata.name)).toEqual(['cache']);
    expect(objectsOf(kubernetes, 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual([
      'cache',
    ]);
    expect(policyEdges(kubernetes, 'Egress')).toEqual(['retention -> cache:6379']);

    const service = serviceOf(docker, 'retention');
    expect(seenInCompose(service.entrypoint)).toEqual(['sh', '/etc/catamaran/schedule.sh', ...command]);
    expect(service.command).toBeUndefined();
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      stop_grace_period: '30s',
      read_only: true,
      depends_on: { cache: { condition: 'service_healthy' } },
    });
    expect(service.healthcheck).toMatchObject({ interval: '10s', timeout: '5s', retries: 3 });
    const [mount] = service.volumes ?? [];
    expect(mount).toMatchObject({ type: 'bind', target: '/etc/catamaran', read_only: true });
    const script = writtenFiles(docker, '')[`${present(mount).source.slice(2)}/schedule.sh`];
    expect(present(script).split('\n').slice(0, 12)).toEqual([
      '# */20 3 * * *',
      "zone='Europe/Berlin'",
      "minutes='00 20 40'",
      "hours='03'",
      expect.stringMatching(/^days='01 02 .* 31'$/),
      "months='01 02 03 04 05 06 07 08 09 10 11 12'",
      "weekdays='0 1 2 3 4 5 6'",
      'day_rule=both',
      'start_within=90',
      'timeout=1200',
      'retries=2',
      'grace=30',
    ]);
    expect(noteOf(docker, 'schedule')).toEqual({
      field: 'schedule',
      workloads: ['retention'],
      note:
        'A loop in the container of the job checks the time once a minute and starts the runs. The image ' +
        'needs sh and date, time zone data if the zone is not UTC, and timeout to stop a run. Runs that are ' +
        'due while the container is down are left out',
    });
  },

  image() {
    const { docker, kubernetes } = backend({ image: 'api:1.0' });
    expect(containerOf(kubernetes, 'api').image).toBe('api:1.0');
    expect(serviceOf(docker, 'api')).toMatchObject({ image: 'api:1.0' });

    const folder = projectOf({ Dockerfile: 'FROM scratch\n' });
    const built = both((app) => new Backend(app, 'api', { image: Image.build('.'), port: 8000 }), folder);
    const image = present(containerOf(built.kubernetes, 'api').image);
    expect(image).toMatch(/^registry\.example\.com\/shop:[0-9a-f]{12}$/);
    expect(serviceOf(built.docker, 'api').build).toEqual({
      context: '../../../stacks/shop',
      dockerfile: 'Dockerfile',
      tags: [image.replace('registry.example.com/', '')],
    });
  },

  entrypoint() {
    const command = ['sh', '-c', 'echo $HOME $(id) $$ $(PATH)'];
    const { docker, kubernetes } = backend({ command });
    expect(seenByContainer(containerOf(kubernetes, 'api').command)).toEqual(command);
    expect(seenInCompose(serviceOf(docker, 'api').entrypoint)).toEqual(command);
    expect(containerOf(kubernetes, 'api').args).toBeUndefined();
    expect(serviceOf(docker, 'api').command).toBeUndefined();
  },

  arguments() {
    const args = ['--price=$5', '$(NAME)', '$$', '${NAME}', '$'];
    const { docker, kubernetes } = backend({ args });
    expect(seenByContainer(containerOf(kubernetes, 'api').args)).toEqual(args);
    expect(seenInCompose(serviceOf(docker, 'api').command)).toEqual(args);
    expect(containerOf(kubernetes, 'api').command).toBeUndefined();
    expect(serviceOf(docker, 'api').entrypoint).toBeUndefined();
  },

  variables() {
    const secrets = { DATABASE_PASSWORD: 'p$(A)$$w', API_KEY: 'k' };
    const { docker, kubernetes } = both((app) => {
      const database = new PostgresDatabase(app, 'database');
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        env: {
          DATABASE_URL: database.url,
          API_KEY: Secret.named('API_KEY'),
          SAME_KEY: Secret.named('API_KEY'),
          ORIGINS: Json.of(['https://a.example', { b: '$1 "two"' }]),
          PRICE: '$5 $$ $(API_KEY) ${API_KEY}',
          TOKEN_LIFETIME: '30 $minutes $(API_KEY)',
          WORKERS: 4,
          DEBUG: false,
          EMPTY: '',
          LINES: 'one\ntwo\n',
        },
      });
    });
    const given = {
      DATABASE_URL: 'postgresql://app:p$(A)$$w@database:5432/shop',
      API_KEY: 'k',
      SAME_KEY: 'k',
      ORIGINS: '["https://a.example",{"b":"$1 \\"two\\""}]',
      PRICE: '$5 $$ $(API_KEY) ${API_KEY}',
      TOKEN_LIFETIME: '30 $minutes $(API_KEY)',
      WORKERS: '4',
      DEBUG: 'false',
      EMPTY: '',
      LINES: 'one\ntwo\n',
    };
    const configMaps = Object.fromEntries(
      objectsOf(kubernetes, 'ConfigMap').map(({ metadata, data }) => [metadata.name, data ?? {}]),
    );
    const seen = kubeletEnvironment(containerOf(kubernetes, 'api').env ?? [], secrets, configMaps);
    // The password that DATABASE_URL is made of is a variable too: only earlier variables can be expanded.
    expect(seen).toEqual({ ...given, DATABASE_PASSWORD: secrets.DATABASE_PASSWORD });
    expect(
      Object.fromEntries(
        Object.entries(serviceOf(docker, 'api').environment ?? {}).map(([name, text]) => [
          name,
          interpolateByCompose(text, secrets),
        ]),
      ),
    ).toEqual(given);
  },

  files() {
    const files = {
      '/etc/api/a.conf': 'price = $5 $(X) ${Y}\n',
      '/etc/api/b.conf': 'yes',
      '/srv/page/index.html': '<p>é😀</p>',
    };
    const { docker, kubernetes } = backend({ files });
    const mounts = (containerOf(kubernetes, 'api').volumeMounts ?? []).filter(({ readOnly }) => readOnly);
    const inPods = mounts.flatMap(({ name, mountPath }) => {
      const volume = present(podOf(kubernetes, 'api').volumes?.find((one) => one.name === name));
      const map = objectOf(kubernetes, 'ConfigMap', present(volume.configMap?.name));
      expect(map.immutable).toBe(true);
      return Object.entries(map.data ?? {}).map(([file, text]) => [`${mountPath}/${file}`, text]);
    });
    expect(Object.fromEntries(inPods)).toEqual(files);
    const written = writtenFiles(docker, '');
    const binds = (serviceOf(docker, 'api').volumes ?? []).filter(({ type }) => type === 'bind');
    expect(binds.map(({ read_only: readOnly }) => readOnly)).toEqual([true, true]);
    const inContainers = binds.flatMap(({ source, target }) =>
      Object.entries(written)
        .filter(([path]) => `./${path}`.startsWith(`${source}/`))
        .map(([path, text]) => [`${target}/${present(path.split('/').at(-1))}`, text]),
    );
    expect(Object.fromEntries(inContainers)).toEqual(files);
  },

  secretFiles() {
    const { docker, kubernetes } = both((app) => new Cache(app, 'cache'));
    const pod = podOf(kubernetes, 'cache');
    expect(pod.volumes).toContainEqual({
      name: 'secrets-0',
      secret: {
        secretName: 'shop-secrets',
        defaultMode: 0o440,
        items: [{ key: 'CACHE_PASSWORD', path: 'password' }],
      },
    });
    expect(containerOf(kubernetes, 'cache').volumeMounts).toContainEqual({
      name: 'secrets-0',
      mountPath: '/run/secrets/cache',
      readOnly: true,
    });
    const compose = composeOf(docker);
    const mount = present(present(compose.services['cache']).volumes?.[0]);
    expect(mount).toMatchObject({ type: 'volume', target: '/run/secrets/cache', read_only: true });
    expect(compose.services['cache.secrets']).toMatchObject({
      volumes: [{ type: 'volume', source: mount.source, target: '/run/secrets/cache' }],
      secrets: [{ source: 'CACHE_PASSWORD', target: '/run/secrets/cache/password' }],
      network_mode: 'none',
      restart: 'no',
    });
    expect(compose.services['cache']?.depends_on).toEqual({
      'cache.secrets': { condition: 'service_completed_successfully' },
    });
    expect(compose.secrets).toEqual({ CACHE_PASSWORD: { environment: 'CACHE_PASSWORD' } });
  },

  volumes() {
    const { docker, kubernetes } = both(
      (app) => new PostgresDatabase(app, 'database', { storage: Size.gibibytes(3) }),
    );
    const { spec } = objectOf(kubernetes, 'StatefulSet', 'database');
    expect(spec?.volumeClaimTemplates?.map((claim) => [claim.metadata?.name, claim.spec?.resources])).toEqual(
      [['data', { requests: { storage: '3Gi' } }]],
    );
    expect(spec?.persistentVolumeClaimRetentionPolicy).toEqual({
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
    const path = '/var/lib/postgresql/data';
    expect(containerOf(kubernetes, 'database').volumeMounts).toContainEqual({
      name: 'data',
      mountPath: path,
    });
    const { services, volumes } = composeOf(docker);
    expect(services['database']?.volumes).toContainEqual({
      type: 'volume',
      source: 'database-data',
      target: path,
    });
    expect(volumes).toHaveProperty(['database-data'], {});
    expect(noteOf(docker, 'volumes')).toEqual({
      field: 'volumes',
      workloads: ['database'],
      note:
        'The engine does not limit the size of a volume: it can grow until the disk is full. If the image ' +
        "does not have the volume's folder, another container makes the user its owner: it runs the image's " +
        'chown as root, with no other capability',
    });
    expect(noteOf(kubernetes, 'volumes')).toBeUndefined();
    standaloneVolume();

    const own = backend({ volumes: { uploads: { path: '/srv/uploads', size: Size.gibibytes(2) } } });
    const claims = objectOf(own.kubernetes, 'StatefulSet', 'api').spec?.volumeClaimTemplates;
    expect(claims?.map((claim) => [claim.metadata?.name, claim.spec?.resources?.requests])).toEqual([
      ['uploads', { storage: '2Gi' }],
    ]);
    expect(podOf(own.kubernetes, 'api').securityContext).toMatchObject({ fsGroup: 10001 });
    expect(serviceOf(own.docker, 'api')).toMatchObject({
      volumes: [{ type: 'volume', source: 'api-uploads', target: '/srv/uploads' }],
      depends_on: { 'api.volumes': { condition: 'service_completed_successfully' } },
    });
    expect(serviceOf(own.docker, 'api.volumes')).toEqual({
      image: 'api:1.0',
      volumes: [{ type: 'volume', source: 'api-uploads', target: '/srv/uploads' }],
      network_mode: 'none',
      entrypoint: ['chown', '10001:10001', '/srv/uploads'],
      restart: 'no',
      user: '0:0',
      cap_add: ['CHOWN'],
      cap_drop: ['ALL'],
      cgroup: 'private',
      cpus: 0.1,
      mem_limit: '16m',
      pids_limit: 8,
      read_only: true,
      security_opt: ['no-new-privileges:true'],
    });
    // The image of a database has its folder as its user's.
    expect(composeOf(docker).services['database.volumes']).toBeUndefined();
  },

  bindMounts() {
    const folder = projectOf({ 'source/app.py': '', 'data/one': '' });
    const build: Build = (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        bindMounts: [
          { folder: 'source', path: '/srv/source' },
          { folder: './data', path: '/srv/data', access: 'read-write' },
        ],
      });
    const bind = { create_host_path: false };
    expect(serviceOf(planOfApp(build, onDocker, { folder }), 'api').volumes).toEqual([
      { type: 'bind', source: '../../../stacks/shop/source', target: '/srv/source', read_only: true, bind },
      { type: 'bind', source: '../../../stacks/shop/data', target: '/srv/data', read_only: false, bind },
    ]);
    expect(issuesOfApp(build, onKubernetes, { folder })).toEqual([
      'shop/api: kubernetes refuses bindMounts: the nodes of a cluster do not have the folders of the ' +
        'application. Write files, volumes or an image with the folder, and bindMounts only in the ' +
        "components of docker(); or accept this with accept: ['bindMounts'] in environment dev",
    ]);
  },

  scratch() {
    const { docker, kubernetes } = backend({
      scratch: [
        { path: '/tmp', size: Size.mebibytes(32), medium: 'disk' },
        { path: '/dev/shm', size: Size.mebibytes(16), medium: 'memory' },
      ],
    });
    expect(podOf(kubernetes, 'api').volumes).toEqual([
      { name: 'scratch-0', emptyDir: { sizeLimit: '32Mi' } },
      { name: 'scratch-1', emptyDir: { sizeLimit: '16Mi', medium: 'Memory' } },
    ]);
    expect(containerOf(kubernetes, 'api').volumeMounts).toEqual([
      { name: 'scratch-0', mountPath: '/tmp' },
      { name: 'scratch-1', mountPath: '/dev/shm' },
    ]);
    expect(serviceOf(docker, 'api').tmpfs).toEqual([
      '/tmp:mode=1777,size=32m',
      '/dev/shm:mode=1777,size=16m',
    ]);
    // Both hold everything else read-only.
    expect(containerOf(kubernetes, 'api').securityContext?.readOnlyRootFilesystem).toBe(true);
    expect(serviceOf(docker, 'api').read_only).toBe(true);
    expect(noteOf(docker, 'scratch')).toEqual({
      field: 'scratch',
      workloads: ['api'],
      note: 'Scratch folders are in memory, and count towards the memory limit of the container',
    });
  },

  user() {
    const { docker, kubernetes } = backend({ user: { uid: 1234, gid: 5678 } });
    expect(containerOf(kubernetes, 'api').securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1234,
      runAsGroup: 5678,
      seccompProfile: { type: 'RuntimeDefault' },
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    });
    expect(podOf(kubernetes, 'api').securityContext).toMatchObject({ runAsUser: 1234, fsGroup: 5678 });
    // An image that runs as any user runs as one that no node has; Docker's volumes are its own user's.
    const any = backend({ user: { uid: 1234, gid: 5678, binding: 'any' } });
    expect(podOf(any.kubernetes, 'api').securityContext).toMatchObject({
      runAsUser: 11_234,
      runAsGroup: 15_678,
      fsGroup: 15_678,
    });
    expect(serviceOf(any.docker, 'api')).toMatchObject({ user: '1234:5678' });
    const ofRoot = backend({ user: { uid: 1000, gid: 0, binding: 'any' } });
    expect(podOf(ofRoot.kubernetes, 'api').securityContext).toMatchObject({
      runAsUser: 11_000,
      runAsGroup: 11_000,
    });
    const named = backend({ user: { uid: 999, gid: 999, binding: 'named' } });
    expect(containerOf(named.kubernetes, 'api').volumeMounts).toContainEqual({
      name: 'user',
      mountPath: '/etc/passwd',
      subPath: 'users',
      readOnly: true,
    });
    expect(objectsOf(named.kubernetes, 'ConfigMap').map(({ data }) => data)).toEqual([
      { users: 'root:x:0:0:root:/root:/sbin/nologin\napp:x:10999:10999:app:/tmp:/sbin/nologin\n' },
    ]);
    expect(serviceOf(named.docker, 'api')).toMatchObject({ user: '999:999' });
    const high = backend({ user: { uid: 20_000, gid: 10_001, binding: 'any' } });
    expect(podOf(high.kubernetes, 'api').securityContext).toMatchObject({
      runAsUser: 20_000,
      runAsGroup: 10_001,
    });
    expect(serviceOf(docker, 'api')).toMatchObject({
      user: '1234:5678',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  },

  ports() {
    const { docker, kubernetes } = both((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8123 });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    });
    expect(objectOf(kubernetes, 'Service', 'api').spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/instance': 'api' },
      ports: [{ name: 'http', port: 8123, targetPort: 'http', protocol: 'TCP' }],
    });
    expect(containerOf(kubernetes, 'api').ports).toEqual([
      { name: 'http', containerPort: 8123, protocol: 'TCP' },
    ]);
    // In a network every port is open, under the same name; nothing of it is published.
    expect(serviceOf(docker, 'api').networks).toEqual({ 'proxy.api': { aliases: ['api'] } });
    expect(serviceOf(docker, 'api').ports).toBeUndefined();
    expect(configurationOf(docker)).toContain('set $route_0 api:8123;');
    expect(kubernetesConfigurationOf(kubernetes)).toContain('proxy_pass http://api-8123;');
  },

  exposure() {
    const { docker, kubernetes } = backend({ publish: 8080 });
    expect(serviceOf(docker, 'api').ports).toEqual(['0.0.0.0:8080:8000']);
    expect(objectOf(kubernetes, 'Service', 'api-public').spec).toEqual({
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/instance': 'api' },
      ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' }],
    });
    const internal = backend();
    expect(serviceOf(internal.docker, 'api').ports).toBeUndefined();
    expect(objectsOf(internal.kubernetes, 'Service').map(({ spec }) => spec?.type)).toEqual(['ClusterIP']);
  },

  routes() {
    const { docker, kubernetes } = both((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      const routes = [
        Route.path('/api', api, { bodyLimit: Size.mebibytes(8), timeout: Duration.seconds(5) }),
      ];
      new ReverseProxy(app, 'proxy', { routes });
    });
    const lines = (text: string) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => !/^(resolver|set) /.test(line))
        .map((line) => line.replace('$route_0', 'api-8000'));
    const upstream = ['upstream api-8000 {', ...Array<string>(10).fill('server api:8000 max_fails=0;'), '}'];
    // They differ in how a name is resolved, and how another replica is found, and in nothing else.
    expect([...upstream, ...lines(configurationOf(docker))]).toEqual(
      lines(kubernetesConfigurationOf(kubernetes)),
    );
    expect(lines(configurationOf(docker))).toEqual(
      expect.arrayContaining([
        'location ~ ^/api(?:/|$) {',
        'proxy_read_timeout 5s;',
        'client_max_body_size 8192k;',
      ]),
    );
  },

  tls() {
    const certificate = certificateFiles('CERTIFICATE', 'KEY');
    const build: Build = (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], tls: { certificate } });
    };
    const { docker, kubernetes } = both(build);
    for (const configuration of [configurationOf(docker), kubernetesConfigurationOf(kubernetes)]) {
      expect(configuration).toContain('listen 8443 ssl;');
      expect(configuration).toContain('ssl_certificate /run/secrets/proxy/tls.crt;');
      expect(configuration).toContain('return 308 https://$host$request_uri;');
    }
    expect(serviceOf(docker, 'proxy').ports).toEqual(['0.0.0.0:80:8080', '0.0.0.0:443:8443']);
    expect(objectOf(kubernetes, 'Service', 'proxy-public').spec?.ports).toEqual([
      { name: 'https', port: 443, targetPort: 'https', protocol: 'TCP' },
      { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
    ]);
    expect(composeOf(docker).services['proxy.secrets']?.secrets).toEqual([
      { source: 'CERTIFICATE', target: '/run/secrets/proxy/tls.crt', mode: '0444' },
      { source: 'KEY', target: '/run/secrets/proxy/tls.key', mode: '0444' },
    ]);
    expect(podOf(kubernetes, 'proxy').volumes).toContainEqual({
      name: 'secrets-0',
      secret: {
        secretName: 'shop-secrets',
        defaultMode: 0o440,
        items: [
          { key: 'CERTIFICATE', path: 'tls.crt' },
          { key: 'KEY', path: 'tls.key' },
        ],
      },
    });
    const kept = { certificate: tlsSecret('shop-tls') };
    const proxy = { proxy: { tls: kept } };
    expect(issuesOfApp(build, { ...onDocker, components: proxy })).toEqual([
      'shop/proxy: docker refuses tls: an engine has neither Kubernetes Secrets nor cert-manager. Write ' +
        "tls: { certificate: certificateFiles(…) }; or accept this with accept: ['tls'] in environment dev",
    ]);
    const mounted = planOfApp(build, { ...onKubernetes, components: proxy });
    expect(podOf(mounted, 'proxy').volumes).toContainEqual({
      name: 'tls',
      secret: {
        secretName: 'shop-tls',
        defaultMode: 0o440,
        items: [
          { key: 'tls.crt', path: 'tls.crt' },
          { key: 'tls.key', path: 'tls.key' },
        ],
      },
    });
    expect(noteOf(mounted, 'tls')?.note).toBe(
      'nginx reads its certificate only when it starts. Restart it after each renewal',
    );
  },

  replicas() {
    const { docker, kubernetes } = backend({ replicas: 3 });
    expect(objectOf(kubernetes, 'Deployment', 'api').spec?.replicas).toBe(3);
    expect(serviceOf(docker, 'api').scale).toBe(3);
    const one = backend();
    expect(objectOf(one.kubernetes, 'Deployment', 'api').spec?.replicas).toBe(1);
    expect(serviceOf(one.docker, 'api').scale).toBeUndefined();
    const published: Build = (app) =>
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2, publish: 80 });
    expect(issuesOfApp(published, onDocker)).toEqual([
      'shop/api: replicas is 2, which docker refuses: a port of the host can lead to only one container. ' +
        "Write replicas: 1, or publish a ReverseProxy in its place; or accept this with accept: ['replicas'] " +
        'in environment dev',
    ]);
    expect(objectOf(planOfApp(published, onKubernetes), 'Deployment', 'api').spec?.replicas).toBe(2);
  },

  autoscaling() {
    const build: Build = (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        replicas: 2,
        autoscale: { max: 5, targetPercent: 60 },
      });
    const kubernetes = planOfApp(build, onKubernetes);
    expect(objectOf(kubernetes, 'HorizontalPodAutoscaler', 'api').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
        },
      ],
    });
    expect(objectOf(kubernetes, 'Deployment', 'api').spec?.replicas).toBeUndefined();
    expect(issuesOfApp(build, onDocker)).toEqual([
      'shop/api: docker refuses autoscaling: an engine does not start containers by itself, so only the ' +
        "smallest number of replicas runs. Write autoscale: 'off' in the environment's components; or accept " +
        "this with accept: ['autoscaling'] in environment dev",
    ]);
    const accepted = planOfApp(build, { ...onDocker, accept: ['autoscaling'] });
    expect(serviceOf(accepted, 'api').scale).toBe(2);
    expect(noteOf(accepted, 'autoscaling')?.note).toBe(
      'accepted: an engine does not start containers by itself, so only the smallest number of replicas ' +
        'runs',
    );
  },

  cpu() {
    const cpu = { request: Cpu.millicores(250), limit: Cpu.millicores(1500) };
    const { docker, kubernetes } = backend({ cpu });
    // A container is sure of all that it may take, unless the environment says otherwise.
    const limits = { cpu: '1500m' };
    expect(containerOf(kubernetes, 'api').resources).toMatchObject({ requests: limits, limits });
    expect(containerOf(burstable({ cpu }), 'api').resources).toMatchObject({
      requests: { cpu: '250m' },
      limits,
    });
    expect(serviceOf(docker, 'api')).toMatchObject({ cpus: 1.5, cpu_shares: 256 });
  },

  memory() {
    const memory = { request: Size.mebibytes(128), limit: Size.mebibytes(256) };
    const { docker, kubernetes } = backend({ memory });
    const limits = { memory: '256Mi' };
    expect(containerOf(kubernetes, 'api').resources).toMatchObject({ requests: limits, limits });
    expect(containerOf(burstable({ memory }), 'api').resources).toMatchObject({
      requests: { memory: '128Mi' },
      limits,
    });
    expect(serviceOf(docker, 'api')).toMatchObject({
      mem_limit: '256m',
      mem_reservation: '128m',
      // No swap: a pod has none either.
      memswap_limit: '256m',
    });
  },

  processes() {
    const { docker, kubernetes } = backend({ processes: 99 });
    expect(serviceOf(docker, 'api').pids_limit).toBe(99);
    expect(noteOf(kubernetes, 'processes')).toEqual({
      field: 'processes',
      workloads: ['api'],
      note: 'A pod cannot set its own limit. The podPidsLimit of its node applies',
    });
  },

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
    expect(seenByContainer(readinessProbe?.exec?.command)).toEqual(command);
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
    expect(seenInCompose(healthcheck?.test)).toEqual(['CMD', ...command]);

    const asked = backend({ health: Health.http('/ready') });
    expect(containerOf(asked.kubernetes, 'api').readinessProbe?.httpGet).toEqual({
      path: '/ready',
      port: 8000,
    });
    expect(serviceOf(asked.docker, 'api').healthcheck?.test.slice(-4)).toEqual([
      'check',
      '127.0.0.1',
      '8000',
      '/ready',
    ]);
    expect(noteOf(asked.docker, 'readiness')).toEqual({
      field: 'readiness',
      workloads: ['api'],
      note:
        'The engine runs the check inside the container. To ask a port, it uses the first of curl, wget, ' +
        'python3, node and bash that the image has. With @pulumi/docker, a new container gets requests once ' +
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

  gate() {
    const { docker, kubernetes } = both((app) => {
      const database = new PostgresDatabase(app, 'database');
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
    });
    // The dependent asks the dependency with the dependency's own program and image; Docker asks on the spot.
    const [gate] = podOf(kubernetes, 'api').initContainers ?? [];
    expect(gate?.image).toBe('postgres:17');
    expect(seenByContainer(gate?.command)).toEqual([
      ...['sh', '-c', 'until "$@"; do sleep 1; done', 'wait'],
      ...['pg_isready', '--quiet', '--username', 'postgres', '--host', 'database'],
    ]);
    // Of computing power, as much as the one that waits: it has an amount of memory of its own.
    expect(gate?.resources).toMatchObject({
      requests: { cpu: '500m', memory: '64Mi' },
      limits: { cpu: '500m', memory: '64Mi' },
    });
    expect(gate?.securityContext).toMatchObject({ runAsUser: 10_999, runAsGroup: 10_999 });
    expect(serviceOf(docker, 'database').healthcheck?.test).toEqual([
      ...['CMD', 'pg_isready', '--quiet', '--username', 'postgres', '--host', '127.0.0.1'],
    ]);
  },

  after() {
    const { docker, kubernetes } = both(threeRuns);
    expect(
      Object.fromEntries(['migration', 'api'].map((name) => [name, serviceOf(docker, name).depends_on])),
    ).toEqual({
      migration: { database: { condition: 'service_healthy' } },
      api: {
        database: { condition: 'service_healthy' },
        migration: { condition: 'service_completed_successfully' },
      },
    });
    const job = present(present(objectsOf(kubernetes, 'Job')[0]).spec?.template.spec);
    const gates = (pod: PodSpec) => pod.initContainers?.map(({ name }) => name);
    expect(gates(job)).toEqual(['wait-database']);
    expect(gates(podOf(kubernetes, 'api'))).toEqual(['wait-database', 'wait-migration']);
    expect(kubernetesPlan(kubernetes).groups.map(({ name, after }) => [name, after])).toEqual([
      ['00-application', []],
      ['database', ['00-application']],
      ['migration', ['00-application', 'database']],
      ['api', ['00-application', 'database', 'migration']],
    ]);
    expect(Object.keys(manifestFiles(kubernetesPlan(kubernetes), ''))).toEqual([
      '00-application.yaml',
      'database.yaml',
      'migration.yaml',
      'api.yaml',
    ]);
  },

  connections() {
    const { docker, kubernetes } = both((app) => {
      const cache = new Cache(app, 'cache');
      const mail = new ExternalApi(app, 'mail', {
        url: 'https://mail.example.com',
        addresses: ['192.0.2.0/24'],
      });
      const api = new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        env: { CACHE_URL: cache.url, MAIL_URL: mail.url },
      });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    });
    const edges = ['api -> cache:6379', 'proxy -> api:8000'];
    expect(policyEdges(kubernetes, 'Egress')).toEqual(edges);
    expect(policyEdges(kubernetes, 'Ingress')).toEqual(edges);
    expect(objectOf(kubernetes, 'NetworkPolicy', 'api').spec?.egress?.at(-1)).toEqual({
      to: [{ ipBlock: { cidr: '192.0.2.0/24' } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
    const compose = composeOf(docker);
    const edge = { driver_opts: { 'com.docker.network.bridge.inhibit_ipv4': 'true' }, internal: true };
    expect(compose.networks).toEqual({
      'api.cache': edge,
      api_outbound: {},
      'proxy.api': edge,
      proxy_publish: { driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } },
    });
    const members = Object.fromEntries(
      Object.keys(compose.networks).map((network) => [
        network,
        Object.entries(compose.services).flatMap(([name, { networks }]) =>
          networks && network in networks ? [name] : [],
        ),
      ]),
    );
    expect(members).toEqual({
      'api.cache': ['api', 'cache'],
      api_outbound: ['api'],
      'proxy.api': ['api', 'proxy'],
      proxy_publish: ['proxy'],
    });
    expect(noteOf(docker, 'connections')).toEqual({
      field: 'connections',
      workloads: ['api', 'proxy'],
      note:
        'Each reference has a network of its own with both ends in it. There, each end, and each replica of ' +
        'it, can connect to any port of the others. A reference to the outside opens the whole outside, ' +
        'including the metadata address of a cloud, and the host. A published port opens the host as well, ' +
        'and lets packets out that get no answer',
    });
    expect(noteOf(kubernetes, 'connections')).toEqual({
      field: 'connections',
      workloads: ['api'],
      note: 'A network policy cannot name hosts. The port is open to all addresses of the given CIDR blocks',
    });
  },

  grace() {
    const { docker, kubernetes } = backend({ grace: Duration.seconds(45) });
    expect(serviceOf(docker, 'api').stop_grace_period).toBe('45s');
    // Five seconds, in which the others hear of it, come on top; a program without clients needs none.
    expect(podOf(kubernetes, 'api').terminationGracePeriodSeconds).toBe(50);
    expect(containerOf(kubernetes, 'api').lifecycle).toEqual({
      preStop: { exec: { command: ['sleep', '5'] } },
    });
    const data = both((app) => new PostgresDatabase(app, 'database', { grace: Duration.seconds(45) }));
    expect(podOf(data.kubernetes, 'database').terminationGracePeriodSeconds).toBe(45);
    expect(serviceOf(data.docker, 'database').stop_grace_period).toBe('45s');
  },

  deadline() {
    const { docker, kubernetes } = backend({ deadline: Duration.seconds(40) });
    expect(objectOf(kubernetes, 'Deployment', 'api').spec?.progressDeadlineSeconds).toBe(40);
    expect(dockerPlan(docker).containers[0]?.patience).toBe(40_000);
    expect(noteOf(docker, 'deadline')).toEqual({
      field: 'deadline',
      workloads: ['api'],
      note:
        'With @pulumi/docker, a release that is not healthy by its deadline fails, and the old containers ' +
        'keep running; they stop first if a port or data cannot be shared. compose always stops the old ' +
        'containers first, and waits as long as `up --wait --wait-timeout` says. Containers that run to ' +
        'completion have no deadline',
    });
    expect(noteOf(kubernetes, 'deadline')).toBeUndefined();
    // A health check that can have no other answer any more ends the wait as well.
    const usual = backend({ health: Health.http('/', { startPeriod: Duration.seconds(10) }) });
    expect(objectOf(usual.kubernetes, 'Deployment', 'api').spec?.progressDeadlineSeconds).toBe(600);
    expect(dockerPlan(usual.docker).containers[0]?.patience).toBe(10_000 + 4 * 15_000);

    const runs = both(threeRuns);
    expect(objectsOf(runs.kubernetes, 'Job')[0]?.spec?.activeDeadlineSeconds).toBe(1800);
    expect(noteOf(runs.docker, 'deadline')?.workloads).toEqual(['migration', 'api']);
    expect(noteOf(runs.kubernetes, 'deadline')).toBeUndefined();
  },

  exceptions() {
    const excused = backend({ exceptions: { 'secrets-in-files': 'it reads no files' } });
    const plain = backend();
    expect(excused.docker.model.workloads[0]?.exceptions).toEqual([
      { policy: 'secrets-in-files', reason: 'it reads no files' },
    ]);
    expect(excused.docker.plan).toEqual(plain.docker.plan);
    expect(excused.kubernetes.plan).toEqual(plain.kubernetes.plan);
  },
};

function threeRuns(app: Application): void {
  const database = new PostgresDatabase(app, 'database');
  const env = { DATABASE_URL: database.url };
  const migration = new Migration(app, 'migration', {
    image: 'api:1.0',
    command: ['migrate', 'up'],
    check: ['migrate', 'check'],
    env,
  });
  new Backend(app, 'api', { image: 'api:1.0', port: 8000, env, waitsFor: [migration] });
}

function seenByContainer(words: readonly string[] | undefined): string[] | undefined {
  return words?.map((word) =>
    expandByKubelet(word, { NAME: 'expanded', PATH: 'expanded', HOME: 'expanded' }),
  );
}

function seenInCompose(words: readonly string[] | undefined): string[] | undefined {
  return words?.map((word) => interpolateByCompose(word, { NAME: 'interpolated', HOME: 'interpolated' }));
}

function configurationOf(docker: Planned): string {
  const files = Object.entries(writtenFiles(docker, ''));
  return present(files.find(([path]) => path.endsWith('/default.conf')))[1];
}

function kubernetesConfigurationOf(kubernetes: Planned): string {
  return present(present(objectsOf(kubernetes, 'ConfigMap')[0]).data?.['default.conf']);
}

/** Who may connect to whom, as the policies of one end say it. */
function policyEdges(planned: Planned, direction: 'Ingress' | 'Egress'): string[] {
  const instance = 'app.kubernetes.io/instance';
  return objectsOf(planned, 'NetworkPolicy')
    .flatMap((policy: ManifestOf<'NetworkPolicy'>) => {
      const self = policy.spec?.podSelector.matchLabels?.[instance];
      const rules =
        direction === 'Ingress'
          ? policy.spec?.ingress?.map(({ from, ports }) => ({ peers: from, ports }))
          : policy.spec?.egress?.map(({ to, ports }) => ({ peers: to, ports }));
      return (rules ?? []).flatMap(({ peers, ports }) => {
        return (peers ?? []).flatMap((peer) => {
          const other = peer.podSelector?.matchLabels?.[instance];
          if (self === undefined || other === undefined || other === self) return [];
          const [from, to] = direction === 'Ingress' ? [other, self] : [self, other];
          return (ports ?? []).map(({ port }) => `${from} -> ${to}:${port}`);
        });
      });
    })
    .sort();
}

test.each(Object.entries(parity))('%s means the same on both targets', (_, check) => {
  check();
});

test.each<[string, EnvironmentSpec]>([
  ['docker', onDocker],
  ['kubernetes', onKubernetes],
])('a field that needs no note has none on %s', (_, place) => {
  const { notes } = planOfApp(
    (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        health: Health.command(['true']),
        scratch: [{ path: '/tmp', size: Size.mebibytes(1), medium: 'memory' }],
      }),
    place,
  );
  expect(notes.map(({ field }) => field)).toEqual(
    place.target === 'docker' ? ['processes', 'readiness', 'liveness', 'deadline'] : ['processes'],
  );
});
