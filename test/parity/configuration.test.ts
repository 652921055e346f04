import { Backend, Cache, Json, PostgresDatabase, Secret } from 'catamaran';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { present } from '../support/application';
import { interpolateByCompose, kubeletEnvironment } from '../support/expansion';
import { composeOf, objectOf, objectsOf, serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, both, backend, noteOf } from './support';

export const configuration = proveEach({
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
    const inPods = mounts.map(({ name, mountPath, subPath = '' }) => {
      const volume = present(podOf(kubernetes, 'api').volumes?.find((one) => one.name === name));
      const map = objectOf(kubernetes, 'ConfigMap', present(volume.configMap?.name));
      expect(map.immutable).toBe(true);
      return [mountPath, map.data?.[subPath]];
    });
    expect(Object.fromEntries(inPods)).toEqual(files);
    const written = writtenFiles(docker, '');
    const binds = (serviceOf(docker, 'api').volumes ?? []).filter(({ type }) => type === 'bind');
    expect(binds.map(({ read_only: readOnly }) => readOnly)).toEqual([true, true, true]);
    const inContainers = binds.map(({ source, target }) => [target, written[source.slice(2)]]);
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

  addedSecrets() {
    const { docker, kubernetes } = both((app) => {
      const database = new PostgresDatabase(app, 'database');
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        files: { '/etc/api/a.conf': 'a' },
        secretFiles: {
          '/etc/api/key': Secret.named('API_KEY'),
          '/run/secrets/db-password': { secret: database.password, mode: '0550' },
        },
      });
    });
    // The password opens the connection and says the order, as each reference does.
    const api = present(docker.model.workloads.find(({ name }) => name === 'api'));
    expect(api.connections).toEqual([
      { kind: 'workload', workload: 'database', port: 5432, protocol: 'tcp' },
    ]);
    expect(api.after).toEqual([{ workload: 'database', until: 'ready' }]);

    expect(podOf(kubernetes, 'api').volumes).toEqual(
      expect.arrayContaining([
        {
          name: 'secrets-0',
          secret: {
            secretName: 'shop-secrets',
            defaultMode: 0o440,
            items: [{ key: 'API_KEY', path: 'key' }],
          },
        },
        {
          name: 'secrets-1',
          secret: {
            secretName: 'shop-secrets',
            defaultMode: 0o440,
            items: [{ key: 'DATABASE_PASSWORD', path: 'db-password', mode: 0o550 }],
          },
        },
      ]),
    );
    expect(containerOf(kubernetes, 'api').volumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'secrets-0', mountPath: '/etc/api/key', subPath: 'key', readOnly: true },
        { name: 'secrets-1', mountPath: '/run/secrets/db-password', subPath: 'db-password', readOnly: true },
      ]),
    );

    const compose = composeOf(docker);
    const [file, ...folders] = present(serviceOf(docker, 'api').volumes);
    expect(file).toMatchObject({ type: 'bind', target: '/etc/api/a.conf' });
    expect(folders.map(({ type, target, read_only }) => [type, target, read_only])).toEqual([
      ['volume', '/etc/api', true],
      ['volume', '/run/secrets', true],
    ]);
    // The filler mounts the file as well, so that there is a place for it in the volume.
    expect(compose.services['api.secrets']).toMatchObject({
      volumes: [{ type: 'volume', source: present(folders[0]).source, target: '/etc/api' }, file],
      secrets: [{ source: 'API_KEY', target: '/etc/api/key', mode: '0444' }],
    });
    expect(compose.services['api.secrets-2']).toMatchObject({
      volumes: [{ type: 'volume', source: present(folders[1]).source, target: '/run/secrets' }],
      secrets: [{ source: 'DATABASE_PASSWORD', target: '/run/secrets/db-password', mode: '0555' }],
    });
    expect(noteOf(docker, 'addedSecrets')?.workloads).toEqual(['api']);
    expect(noteOf(kubernetes, 'addedSecrets')).toBeUndefined();
  },

  fileModes() {
    const { docker, kubernetes } = backend({
      files: {
        '/usr/local/bin/run': { content: 'echo hi', mode: '0755' },
        '/usr/local/bin/text': { content: '#!/bin/sh', mode: '0640' },
        '/usr/local/bin/script': '#!/bin/sh',
      },
    });
    const { configMap } = present(podOf(kubernetes, 'api').volumes?.find(({ name }) => name === 'files-0'));
    expect(configMap?.items).toEqual([
      { key: 'run', path: 'run', mode: 0o755 },
      { key: 'script', path: 'script', mode: 0o555 },
      { key: 'text', path: 'text', mode: 0o640 },
    ]);
    const programs = docker.target.programs(docker.plan).map((path) => path.split('/')[1]);
    expect(programs).toEqual(['run', 'script']);
    expect(noteOf(docker, 'fileModes')).toEqual({
      field: 'fileModes',
      workloads: ['api'],
      note:
        'Everybody in the container has the rights of the group, because the files belong to root. With compose, ' +
        'configuration files have the mode 0644 or 0755, because git keeps no other',
    });
  },
});
