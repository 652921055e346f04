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
  },
});
