import { ownFolders } from '../../../docker/policy/own-folders';
import { foundAfter } from '../../support/docker-policy';

function found(folder: string) {
  return foundAfter(ownFolders, 'api', (container) => ({
    ...container,
    binds: [{ folder, path: '/srv/mounted', readOnly: true }],
  }));
}

test.each(['/var/run/docker.sock', '/etc', '/', '..', '../other', 'src/../../other'])(
  'the folder %s of the host is found, though it is read-only',
  (folder) => {
    expect(found(folder)).toEqual([
      {
        workload: 'api',
        field: 'binds /srv/mounted',
        got: folder,
        write: "a folder inside the application's folder, or use files or a volume",
      },
    ]);
  },
);

test.each(['src', './src', '.', 'src/../data', '..data'])(
  'the folder %s is the application’s own',
  (folder) => {
    expect(found(folder)).toEqual([]);
  },
);
