import {
  Backend,
  docker,
  kubernetes,
  oneNode,
  readWriteMany,
  ScheduledJob,
  Schedule,
  SharedVolume,
  Size,
  Worker,
  type SharedStorage,
  type SharedVolumeMount,
} from 'catamaran';
import {
  application,
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  type Build,
} from '../../support/application';
import { objectOf, podOf, serviceOf } from '../../support/written';

function cluster(sharedStorage: SharedStorage, options: { readonly userIds?: 'assigned' } = {}) {
  return kubernetes({ namespace: 'shop', secrets: onKubernetes.secrets, sharedStorage, ...options });
}

const many = cluster(readWriteMany({ storageClass: 'shared' }));

const path = '/srv/media';

/** Two workers that mount one volume. */
const workers =
  (one: object, other: object, mounts: Partial<SharedVolumeMount>[] = [{}, {}]): Build =>
  (app) => {
    const volume = new SharedVolume(app, 'media');
    const mount = (index: number) => ({ sharedVolumes: [{ volume, path, ...mounts[index] }] });
    new Worker(app, 'one', { image: 'one:1.0', ...mount(0), ...one });
    new Worker(app, 'other', { image: 'other:1.0', ...mount(1), ...other });
  };

test('a volume that nobody mounts, or that nobody writes to, is refused', () => {
  expect(issuesOfApp((app) => new SharedVolume(app, 'media'))).toEqual([
    "shop/media: no component mounts this volume: write sharedVolumes: [{ volume, path: '/srv/media' }] in the components that use it",
  ]);
  expect(issuesOfApp(workers({}, {}, [{ access: 'read-only' }, { access: 'read-only' }]))).toEqual([
    "shop/media: no component writes to this volume, so that one reads an empty folder: write access: 'read-write' in the component that writes the files",
  ]);
});

test.each([onDocker, many])(
  'writers with several users are refused on $target, and readers are not',
  (place) => {
    const user = { uid: 20001, gid: 20001 };
    expect(issuesOfApp(workers({}, { user }), place)).toEqual([
      'shop/other: user is 20001:20001, but one writes to the shared volume media as 10001:10001, and neither could ' +
        "change the files of the other: write the same user for both, or access: 'read-only' in one of them",
    ]);
    expect(() => planOfApp(workers({}, { user }, [{}, { access: 'read-only' }]), place)).not.toThrow();
  },
);

test('writers that Kubernetes gives several users are refused there', () => {
  const build = workers(
    { user: { uid: 1000, gid: 1000, binding: 'any' } },
    { user: { uid: 1000, gid: 1000, binding: 'image' } },
  );
  expect(() => planOfApp(build)).not.toThrow();
  expect(issuesOfApp(build, many)).toEqual([
    'shop/other: user is 1000:1000 on Kubernetes, but one writes to the shared volume media as 11000:11000 there: ' +
      'write the same user for both, with the binding any, which says what Kubernetes does to its ids',
  ]);
});

test('a pod cannot have volumes of several groups', () => {
  const user = { uid: 20001, gid: 20001, binding: 'any' } as const;
  const build: Build = (app) => {
    const media = new SharedVolume(app, 'media');
    const reports = new SharedVolume(app, 'reports');
    new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume: media, path }] });
    new Worker(app, 'other', { image: 'other:1.0', user, sharedVolumes: [{ volume: reports, path }] });
    new Worker(app, 'reader', {
      image: 'reader:1.0',
      sharedVolumes: [
        { volume: media, path: '/a', access: 'read-only' },
        { volume: reports, path: '/b', access: 'read-only' },
      ],
    });
  };
  expect(serviceOf(planOfApp(build), 'reader').group_add).toEqual(['20001']);
  expect(issuesOfApp(build, many)).toEqual([
    'shop/reader: sharedVolumes has volumes of the groups 10001 and 20001, but Kubernetes gives all volumes of a pod ' +
      'to one group: write one group for all components that write to these volumes',
  ]);
  expect(() =>
    planOfApp(build, cluster(readWriteMany({ storageClass: 'shared' }), { userIds: 'assigned' })),
  ).not.toThrow();
});

test('a component mounts a volume once, where nothing else is, and only a volume of its application', () => {
  const twice: Build = (app) => {
    const volume = new SharedVolume(app, 'media');
    new Worker(app, 'one', {
      image: 'one:1.0',
      sharedVolumes: [
        { volume, path: '/a' },
        { volume, path: '/b' },
      ],
    });
  };
  expect(issuesOfApp(twice)).toEqual(['shop/one: sharedVolumes has media twice: write it once']);

  const same: Build = (app) => {
    const volume = new SharedVolume(app, 'media');
    const scratch = [{ path, size: Size.mebibytes(1), medium: 'disk' }] as const;
    new Worker(app, 'one', { image: 'one:1.0', scratch, sharedVolumes: [{ volume, path }] });
  };
  expect(issuesOfApp(same)).toEqual([
    'shop/one: path is "/srv/media": write a path where nothing else is mounted',
  ]);

  const inside: Build = (app) => {
    const volume = new SharedVolume(app, 'media');
    new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume, path }] });
    new Worker(app, 'other', {
      image: 'other:1.0',
      files: { '/srv/media/a/b': 'a' },
      sharedVolumes: [{ volume, path, access: 'read-only' }],
    });
  };
  expect(issuesOfApp(inside)).toEqual([
    'shop/other: path is "/srv/media/a": write a path outside of /srv/media, where nothing can be mounted because it is read-only',
  ]);

  const stranger = new SharedVolume(
    application(() => undefined, docker(), { name: 'blog' }),
    'media',
  );
  const foreign: Build = (app) =>
    new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume: stranger, path }] });
  expect(issuesOfApp(foreign)).toEqual([
    'shop/one: sharedVolumes is "blog/media": write a component of shop, or an external service',
  ]);
});

test('a shared volume is no component that starts', () => {
  const build: Build = (app) => {
    const volume = new SharedVolume(app, 'media');
    const worker = new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume, path }] });
    worker.node.addDependency(volume);
    volume.node.addDependency(worker);
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/media: a shared volume does not start, so that it cannot wait: remove node.addDependency',
    'shop/one: nothing can wait for the shared volume media: remove node.addDependency, because whoever mounts a volume has it from the start',
  ]);
});

test('the name of a shared volume is one of a component, and nobody else has its volume', () => {
  const build: Build = (app) => {
    const volume = new SharedVolume(app, 'api-data');
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      volumes: { data: { path: '/data' } },
      sharedVolumes: [{ volume, path }],
    });
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: name is "api": write another name, because api-data has a volume api-data as well',
  ]);
  expect(() => planOfApp(build, many)).not.toThrow();
  const misnamed: Build = (app) => {
    const volume = new SharedVolume(app, 'Media_1');
    new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume, path }] });
  };
  expect(issuesOfApp(misnamed)).toEqual([
    'shop/Media_1: name is "Media_1": write media-1: only lower-case letters, digits and - are allowed',
  ]);
});

test('all that share volumes run on one node where storage is on one node, also if a third links them', () => {
  const build: Build = (app) => {
    const media = new SharedVolume(app, 'media');
    const reports = new SharedVolume(app, 'reports');
    new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume: media, path }] });
    new Worker(app, 'both', {
      image: 'both:1.0',
      sharedVolumes: [
        { volume: media, path, access: 'read-only' },
        { volume: reports, path: '/reports' },
      ],
    });
    new ScheduledJob(app, 'other', {
      image: 'other:1.0',
      command: ['run'],
      schedule: Schedule.cron('@daily'),
      sharedVolumes: [{ volume: reports, path, access: 'read-only' }],
    });
    new Worker(app, 'alone', { image: 'alone:1.0' });
  };
  const planned = planOfApp(build, cluster(oneNode()));
  const names = (pod: ReturnType<typeof podOf>) =>
    pod.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.flatMap(
      ({ labelSelector }) => labelSelector?.matchExpressions?.[0]?.values,
    );
  for (const name of ['one', 'both']) expect(names(podOf(planned, name))).toEqual(['both', 'one', 'other']);
  expect(names(podOf(planned, 'alone'))).toBeUndefined();
  expect(objectOf(planned, 'PersistentVolumeClaim', 'reports').spec?.accessModes).toEqual(['ReadWriteOnce']);
});

test('wrong options are told', () => {
  expect(() => readWriteMany({ storageClass: 5 as unknown as string })).toThrow(
    "readWriteMany: storageClass is 5: write '5'",
  );
  expect(issuesOfApp(workers({}, {}), cluster(readWriteMany({ storageClass: 'Shared' })))).toEqual([
    'shop (dev): sharedStorage.storageClass is "Shared": write shared: only lower-case letters, digits, - and . are allowed',
  ]);
  expect(issuesOfApp(workers({ sharedVolumes: [{ volume: 'media', path }] }, {}))).toEqual([
    'shop/one: sharedVolumes[0].volume is "media": write a SharedVolume, such as media',
  ]);
  expect(
    issuesOfApp((app) => {
      const volume = new SharedVolume(app, 'media', { size: Size.bytes(1) });
      new Worker(app, 'one', { image: 'one:1.0', sharedVolumes: [{ volume, path }] });
    })[0],
  ).toMatch(/^shop\/media: size is 1 byte: write /);
});
