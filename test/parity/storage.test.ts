import {
  Backend,
  backupVolume,
  kubernetes as cluster,
  oneNode,
  PostgresDatabase,
  readWriteMany,
  Schedule,
  SharedVolume,
  Size,
  Worker,
  type SharedStorage,
} from 'catamaran';
import { issuesOfApp, onDocker, onKubernetes, planOfApp, present, type Build } from '../support/application';
import { projectOf } from '../support/project';
import { composeOf, objectOf, serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, both, noteOf, backend } from './support';

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

/** A folder that starts with what the image has there: the user owns its copy, and a new image brings a new one. */
function foldersOfTheImage(): void {
  const folder = { path: '/etc/app', size: Size.mebibytes(8), medium: 'disk', content: 'image' } as const;
  const { docker, kubernetes } = backend({ scratch: [folder], replicas: 2 });
  const pod = podOf(kubernetes, 'api');
  expect(pod.volumes).toEqual([{ name: 'scratch-0', emptyDir: { sizeLimit: '8Mi' } }]);
  expect(containerOf(kubernetes, 'api').volumeMounts).toEqual([
    { name: 'scratch-0', mountPath: '/etc/app', subPath: 'content' },
  ]);
  const [copier] = pod.initContainers ?? [];
  expect(copier).toMatchObject({
    name: 'copy-folders',
    image: 'api:1.0',
    volumeMounts: [{ name: 'scratch-0', mountPath: '/catamaran/scratch-0' }],
  });
  expect(copier?.command?.slice(-3)).toEqual(['copy', '/etc/app', '/catamaran/scratch-0']);
  expect(copier?.securityContext).toEqual(containerOf(kubernetes, 'api').securityContext);

  const { volumes, tmpfs, depends_on } = serviceOf(docker, 'api');
  const [mount] = volumes ?? [];
  expect(mount).toMatchObject({ type: 'volume', target: '/etc/app', volume: { nocopy: true } });
  expect(tmpfs).toBeUndefined();
  expect(depends_on).toEqual({ 'api.folders': { condition: 'service_completed_successfully' } });
  expect(serviceOf(docker, 'api.folders')).toMatchObject({
    image: 'api:1.0',
    entrypoint: ['chown', '-hR', '10001:10001', '/etc/app'],
    user: '0:0',
    cap_add: ['CHOWN', 'DAC_READ_SEARCH'],
    cap_drop: ['ALL'],
    network_mode: 'none',
    read_only: true,
    restart: 'no',
    volumes: [{ ...mount, volume: { nocopy: false } }],
  });
  const names = ['api:1.0', 'api:1.0', 'api:1.1'].map((image) => {
    return present(serviceOf(backend({ image, scratch: [folder] }).docker, 'api').volumes?.[0]).source;
  });
  expect(names[0]).toMatch(/^api-scratch-[0-9a-f]{8}$/);
  expect(new Set(names).size).toBe(2);
  expect(composeOf(docker).volumes).toEqual({ [present(names[0])]: {} });

  // Root needs no other owner, and keeps those of the image.
  const root: Build = (app) =>
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      runsAsRoot: { reason: 'why', capabilities: [] },
      scratch: [folder],
    });
  const ofRoot = planOfApp(root, onDocker);
  expect(composeOf(ofRoot).services['api.folders']).toBeUndefined();
  expect(serviceOf(ofRoot, 'api').volumes?.[0]).toMatchObject({ volume: { nocopy: false } });
  const inPod = podOf(planOfApp(root, { ...onKubernetes, accept: ['privilege'] }), 'api').initContainers?.[0];
  expect(inPod?.securityContext).toMatchObject({
    runAsUser: 0,
    capabilities: { drop: ['ALL'], add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'] },
    readOnlyRootFilesystem: true,
  });
}

/** A cluster that shares volumes in a way. */
function sharing(sharedStorage: SharedStorage) {
  return cluster({ namespace: 'shop', secrets: onKubernetes.secrets, sharedStorage });
}

export const storage = proveEach({
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

  sharedVolumes() {
    const build: Build = (app) => {
      const volume = new SharedVolume(app, 'media', { size: Size.gibibytes(2) });
      const path = '/srv/media';
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        replicas: 3,
        sharedVolumes: [{ volume, path }],
      });
      const user = { uid: 20001, gid: 20001 };
      new Worker(app, 'thumbs', {
        image: 'thumbs:1.0',
        user,
        sharedVolumes: [{ volume, path: '/in', access: 'read-only' }],
      });
    };
    const docker = planOfApp(build, onDocker);
    const kubernetes = planOfApp(build, sharing(readWriteMany({ storageClass: 'shared' })));

    // One claim and one volume, which stay, and which belong to no component.
    const claim = objectOf(kubernetes, 'PersistentVolumeClaim', 'media');
    expect(claim.spec).toEqual({
      accessModes: ['ReadWriteMany'],
      storageClassName: 'shared',
      resources: { requests: { storage: '2Gi' } },
    });
    expect(claim.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
    expect(composeOf(docker).volumes).toEqual({ media: {} });
    expect(docker.target.contents.objects(docker.plan)).toContain('volume media');

    // The writer keeps its replicas, and its releases roll.
    expect(objectOf(kubernetes, 'Deployment', 'api').spec).toMatchObject({
      replicas: 3,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    });
    expect(serviceOf(docker, 'api').scale).toBe(3);

    expect(podOf(kubernetes, 'api').volumes).toContainEqual({
      name: 'shared-0',
      persistentVolumeClaim: { claimName: 'media' },
    });
    expect(containerOf(kubernetes, 'api').volumeMounts).toContainEqual({
      name: 'shared-0',
      mountPath: '/srv/media',
    });
    expect(containerOf(kubernetes, 'thumbs').volumeMounts).toContainEqual({
      name: 'shared-0',
      mountPath: '/in',
      readOnly: true,
    });
    expect(serviceOf(docker, 'api').volumes).toEqual([
      { type: 'volume', source: 'media', target: '/srv/media', volume: { nocopy: true } },
    ]);
    expect(serviceOf(docker, 'thumbs').volumes).toEqual([
      { type: 'volume', source: 'media', target: '/in', read_only: true, volume: { nocopy: true } },
    ]);

    // The volume belongs to the writers, and a reader with another user is in their group.
    expect(podOf(kubernetes, 'api').securityContext).toMatchObject({ runAsUser: 10001, fsGroup: 10001 });
    expect(podOf(kubernetes, 'thumbs').securityContext).toMatchObject({
      runAsUser: 20001,
      runAsGroup: 20001,
      fsGroup: 10001,
    });
    expect(serviceOf(docker, 'media.volumes')).toMatchObject({
      image: 'api:1.0',
      volumes: [{ type: 'volume', source: 'media', target: '/srv/media' }],
      entrypoint: ['chown', '10001:10001', '/srv/media'],
      user: '0:0',
      cap_add: ['CHOWN'],
    });
    for (const name of ['api', 'thumbs'])
      expect(serviceOf(docker, name).depends_on).toEqual({
        'media.volumes': { condition: 'service_completed_successfully' },
      });
    expect(serviceOf(docker, 'api').group_add).toBeUndefined();
    expect(serviceOf(docker, 'thumbs')).toMatchObject({ user: '20001:20001', group_add: ['10001'] });

    const together = planOfApp(build, sharing(oneNode()));
    expect(objectOf(together, 'PersistentVolumeClaim', 'media').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '2Gi' } },
    });
    for (const name of ['api', 'thumbs']) {
      expect(podOf(together, name).affinity?.podAffinity).toEqual({
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: {
              matchExpressions: [
                { key: 'app.kubernetes.io/instance', operator: 'In', values: ['api', 'thumbs'] },
              ],
            },
          },
        ],
      });
      // A drain could not move them to another node one after the other.
      expect(objectOf(together, 'PodDisruptionBudget', name).spec?.maxUnavailable).toBe('100%');
      expect(objectOf(kubernetes, 'PodDisruptionBudget', name).spec?.maxUnavailable).toBe(1);
    }
    expect(issuesOfApp(build, onKubernetes)).toEqual([
      'shop (dev): sharedStorage is missing, but the application shares media (mounted by api and thumbs), and most ' +
        "storage of a cluster can be mounted on one node only: write sharedStorage: readWriteMany({ storageClass: 'shared' }) " +
        'for storage that several nodes can mount, or sharedStorage: oneNode() to run all of these components on one node',
    ]);
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
      'shop/api: Kubernetes refuses bindMounts: the nodes of a cluster do not have the folders of the ' +
        'application. Write files, a volume, or an image that contains the folder, and set bindMounts only in ' +
        "the components of docker(); or accept this with accept: ['bindMounts'] in environment dev",
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
      '/tmp:exec,mode=1777,size=32m',
      '/dev/shm:exec,mode=1777,size=16m',
    ]);
    // Both hold everything else read-only.
    expect(containerOf(kubernetes, 'api').securityContext?.readOnlyRootFilesystem).toBe(true);
    expect(serviceOf(docker, 'api').read_only).toBe(true);
    expect(noteOf(docker, 'scratch')).toEqual({
      field: 'scratch',
      workloads: ['api'],
      note: 'Scratch folders are in memory, and count towards the memory limit of the container',
    });
    foldersOfTheImage();
  },
});
