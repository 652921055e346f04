import { Backend, backupVolume, PostgresDatabase, Schedule, Size } from 'catamaran';
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
