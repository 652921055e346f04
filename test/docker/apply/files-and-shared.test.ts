import * as pulumi from '@pulumi/pulumi';
import { Backend, Secret, SharedVolume, Size, Worker } from 'catamaran';
import { applyDocker } from '../../../docker/apply/apply';
import { foldersOf } from '../../../docker/apply/folders';
import { onDocker, planOfApp, present, type Build } from '../../support/application';
import { deploymentOn, registeredBy } from '../../support/pulumi';
import { dockerPlan } from '../../support/written';

const keyed = {
  kind: 'known',
  key: pulumi.secret('key'),
  secret: (name: string) => pulumi.secret(name),
} as const;

function applied(build: Build) {
  const plan = dockerPlan(planOfApp(build, onDocker));
  return registeredBy(() => applyDocker(plan, deploymentOn(onDocker, { values: keyed })), {
    state: ({ name, inputs }) => ({ name, ...(inputs as object), exitCode: 0, containerLogs: '' }),
  });
}

test('folders in each other are one volume, with the mode of each file', () => {
  const plan = dockerPlan(
    planOfApp((app) => {
      new Worker(app, 'mail', {
        image: 'mail:1.0',
        files: { '/etc/mail/a': 'a', '/etc/mail/sub/run': { content: '#!/bin/sh', mode: '0750' } },
        secretFiles: { '/etc/mail/key': Secret.named('KEY'), '/run/secrets/x': Secret.named('X') },
        env: { TOKEN_FILE: Secret.named('TOKEN').file },
      });
    }),
  );
  const folders = foldersOf(present(plan.containers[0]));
  expect(
    folders.map(({ path, files }) => [path, files.map(({ file, mode }) => [file, mode.toString(8)])]),
  ).toEqual([
    [
      '/etc/mail',
      [
        ['/etc/mail/a', '444'],
        ['/etc/mail/sub/run', '755'],
        ['/etc/mail/key', '444'],
      ],
    ],
    [
      '/run/secrets',
      [
        ['/run/secrets/files/TOKEN', '444'],
        ['/run/secrets/x', '444'],
      ],
    ],
  ]);
});

test('what Pulumi cannot put into a volume is refused by Pulumi alone', async () => {
  const build: Build = (app) =>
    new Worker(app, 'mail', {
      image: 'mail:1.0',
      files: { '/entrypoint.sh': '#!/bin/sh', '/srv/a': 'a' },
      scratch: [{ path: '/srv/cache', size: Size.mebibytes(1), medium: 'disk' }],
    });
  await expect(applied(build)).rejects.toThrow(
    'shop/mail: files has files in the folder /, but with Pulumi such a folder becomes a volume, and the root cannot ' +
      'be one: write a file in another folder, or run docker compose in place of pulumi up\n' +
      'shop/mail: files has files in the folder /srv, but with Pulumi such a folder becomes a volume, and /srv/cache, ' +
      'which is in it, is mounted as well: write a file in another folder, or run docker compose in place of pulumi up',
  );
});

test('a shared volume is made once, and belongs to its writers before anybody mounts it', async () => {
  const resources = await applied((app) => {
    const volume = new SharedVolume(app, 'media');
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      sharedVolumes: [{ volume, path: '/srv/media' }],
    });
    new Worker(app, 'thumbs', {
      image: 'thumbs:1.0',
      user: { uid: 20001, gid: 20001 },
      sharedVolumes: [{ volume, path: '/in', access: 'read-only' }],
    });
  });
  expect(resources.filter(({ name }) => name === 'media')).toHaveLength(1);
  const find = (name: string) => present(resources.find((one) => one.name === name));
  expect(find('media-volumes').inputs).toMatchObject({
    image: 'api:1.0',
    entrypoints: ['chown', '10001:10001', '/srv/media'],
    user: '0:0',
    volumes: [{ volumeName: 'shop-dev-media', containerPath: '/srv/media' }],
  });
  expect(find('shop-dev-api-1').inputs['volumes']).toEqual([
    { volumeName: 'shop-dev-media', containerPath: '/srv/media' },
  ]);
  expect(find('shop-dev-thumbs-1').inputs).toMatchObject({
    groupAdds: ['10001'],
    volumes: [{ volumeName: 'shop-dev-media', containerPath: '/in', readOnly: true }],
  });
  for (const name of ['shop-dev-api-1', 'shop-dev-thumbs-1']) {
    expect(find(name).after).toContain('media-volumes');
    // Both releases run side by side.
    expect(find(name).deleteBeforeReplace).toBe(false);
  }
});
