import { kubernetesPlan } from '../../support/written';
import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Backend, Cache, ExternalApi, hostPort, Image, Migration, PostgresDatabase, Secret } from 'catamaran';
import { contentHash } from '../../../constructs/target/hash';
import { toYaml } from '../../../constructs/target/yaml';
import type { Application } from '../../../constructs/components/application';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  present,
} from '../../support/application';
import { projectOf, writeFiles } from '../../support/project';
import { containerOf, podOf, serviceOf, composeOf } from '../../support/written';

function backend(app: Application, name: string, props = {}): Backend {
  return new Backend(app, name, { image: 'a:1', port: 8000, ...props });
}

describe('reserved names', () => {
  test('the default policy of the namespace has a name that no component can have', () => {
    const plan = kubernetesPlan(planOfApp((app) => backend(app, 'default-deny'), onKubernetes));
    const objects = plan.groups.flatMap((group) => group.objects);
    const policies = objects.flatMap(({ kind, metadata }) =>
      kind === 'NetworkPolicy' ? [metadata.name] : [],
    );
    expect(policies).toEqual(['default.deny', 'default-deny']);
  });

  test('a component named cache-secrets does not replace the service that fills the secrets of cache', () => {
    const planned = planOfApp((app) => {
      new Cache(app, 'cache');
      backend(app, 'cache-secrets');
    });
    expect(Object.keys(composeOf(planned).services)).toEqual(['cache', 'cache-secrets', 'cache.secrets']);
  });

  test('a component cannot have the name of the Service that publishes another', () => {
    const both = (app: Application): void => {
      backend(app, 'api', { publish: 80 });
      backend(app, 'api-public');
    };
    expect(issuesOfApp(both, onKubernetes)).toEqual([
      'shop/api-public: `api-public` is reserved for the public Service of `api`: rename this component',
    ]);
  });
});

test.each([
  [[], 'is []: write at least one CIDR block'],
  [['10.0.0.1'], 'is "10.0.0.1": write 10.0.0.1/32, a CIDR block'],
  [['fd00::1'], 'is "fd00::1": write fd00::1/128, a CIDR block'],
  [
    ['127.0.0.0/8'],
    'is "127.0.0.0/8": write no block of 127.0.0.0/8, 0.0.0.0/8 and ::1, which is the container itself',
  ],
  ...['169.254.0.0/16', '169.254.169.254/32', '128.0.0.0/1', 'fd00:ec2::254/128'].map(
    (block): [string[], string] => [
      [block],
      `is "${block}": write blocks without the metadata server of the cloud, which gives the credentials of the machine to whoever asks`,
    ],
  ),
  [['10.0.0.0/33'], 'is "10.0.0.0/33": write a CIDR block, such as 10.20.0.0/16'],
  [['::/129'], 'is "::/129": write a CIDR block, such as 10.20.0.0/16'],
  [['10.0.0::/64'], 'is "10.0.0::/64": write a CIDR block, such as 10.20.0.0/16'],
  [['fe80::1%eth0/64'], 'is "fe80::1%eth0/64": write a CIDR block, such as 10.20.0.0/16'],
  [['::ffff:1.2.3/96'], 'is "::ffff:1.2.3/96": write a CIDR block, such as 10.20.0.0/16'],
])('CIDR blocks that would open everything, or nothing, are refused: %j', (addresses, told) => {
  const build = (app: Application): void => {
    const mail = new ExternalApi(app, 'mail', { url: 'https://m.example.com', addresses });
    backend(app, 'api', { env: { MAIL: mail.url } });
  };
  expect(issuesOfApp(build)).toEqual([`shop/api: addresses of mail ${told}`]);
});

test('a variable with the name of a secret does not change a URL that contains the secret', () => {
  const planned = planOfApp((app) => {
    const database = new PostgresDatabase(app, 'database');
    backend(app, 'api', { env: { DATABASE_PASSWORD: Secret.named('OTHER'), URL: database.url } });
  }, onKubernetes);
  expect(containerOf(planned, 'api').env).toEqual([
    {
      name: 'DATABASE_PASSWORD_',
      valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'DATABASE_PASSWORD' } },
    },
    { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'OTHER' } } },
    { name: 'URL', value: 'postgresql://app:$(DATABASE_PASSWORD_)@database:5432/shop' },
  ]);
});

describe('the tag of an image that is built', () => {
  const tagOf = (folder: string, image = Image.build('.')): string => {
    const model = modelOfApp((app) => new Backend(app, 'api', { image, port: 8000 }), onDocker, { folder });
    const built = present(model.workloads[0]).image;
    return built.kind === 'build' ? built.tag : 'not built';
  };

  test('changes with a Dockerfile that .dockerignore lists', () => {
    const folder = projectOf({ Dockerfile: 'FROM a\n', '.dockerignore': 'Dockerfile\n' });
    const before = tagOf(folder);
    writeFiles(folder, { Dockerfile: 'FROM b\n' });
    expect(tagOf(folder)).not.toBe(before);
  });

  test('changes with a Dockerfile outside of the context', () => {
    const folder = projectOf({ 'Dockerfile.api': 'FROM a\n', 'api/app.py': '' });
    const image = Image.build('api', { dockerfile: '../Dockerfile.api' });
    const before = tagOf(folder, image);
    writeFiles(folder, { 'Dockerfile.api': 'FROM b\n' });
    expect(tagOf(folder, image)).not.toBe(before);
  });

  test('changes with the target of a symbolic link', () => {
    const folder = projectOf({ Dockerfile: 'FROM a\n' });
    symlinkSync('here', join(folder, 'link'));
    const before = tagOf(folder);
    unlinkSync(join(folder, 'link'));
    symlinkSync('there', join(folder, 'link'));
    expect(tagOf(folder)).not.toBe(before);
  });

  test('needs a Dockerfile that is a file', () => {
    const folder = projectOf({ 'Dockerfile/file': '' });
    expect(
      issuesOfApp((app) => backend(app, 'api', { image: Image.build('.') }), onDocker, { folder }),
    ).toEqual([
      `shop/api: image needs ${folder}/Dockerfile, which is missing: write a folder with a Dockerfile, relative to the application's folder`,
    ]);
  });
});

test.each([
  ['replicas', 3, 'cpu, memory, env, overrides, bindMounts, exceptions, managed, expose, storage, backup'],
  [
    'autoscale',
    'off',
    'cpu, memory, env, overrides, bindMounts, exceptions, managed, expose, storage, backup',
  ],
])('a setting that a database does not have, %s, is refused', (setting, got, taken) => {
  const place = { ...onDocker, components: { database: { [setting]: got } } };
  expect(issuesOfApp((app) => new PostgresDatabase(app, 'database'), place)).toEqual([
    `shop (dev): components.database.${setting} is not a setting of database: write one of ${taken}`,
  ]);
});

test('the check of a migration finds the files that the migration has', () => {
  const planned = planOfApp((app) => {
    const migration = new Migration(app, 'migration', {
      image: 'a:1',
      command: ['up'],
      check: ['current'],
      files: { '/srv/alembic/alembic.ini': '[alembic]\n' },
    });
    backend(app, 'api', { waitsFor: [migration] });
  }, onKubernetes);
  const { initContainers, volumes } = podOf(planned, 'api');
  const mount = initContainers?.[0]?.volumeMounts?.find(({ mountPath }) =>
    mountPath.startsWith('/srv/alembic'),
  );
  expect(mount).toEqual({
    name: 'migration-files-0',
    mountPath: '/srv/alembic/alembic.ini',
    subPath: 'alembic.ini',
    readOnly: true,
  });
  expect(volumes).toContainEqual({
    name: 'migration-files-0',
    configMap: { name: `migration-files-${contentHash({ 'alembic.ini': '[alembic]\n' })}` },
  });
});

test('characters beyond the basic plane are escaped as in YAML, not as in JSON', () => {
  expect(toYaml({ a: '\u{1f600}' })).toBe('a: "\\U0001f600"\n');
});

test('folders for temporary files have volumes of their own, however alike their paths are', () => {
  const scratch = ['/Data', '/a-b', '/a/b'].map((path) => ({
    path,
    size: { bytes: 2 ** 20 },
    medium: 'disk',
  }));
  const planned = planOfApp((app) => backend(app, 'api', { scratch }), onKubernetes);
  expect(podOf(planned, 'api').volumes?.map(({ name }) => name)).toEqual([
    'scratch-0',
    'scratch-1',
    'scratch-2',
  ]);
});

test.each([
  [
    { files: { '/srv/app/my file.txt': '' } },
    'files has "/srv/app/my file.txt": write a file name of letters, digits and - . _',
  ],
  [
    { files: { '/srv/app/big': 'x'.repeat(2 ** 20 + 1) } },
    'files /srv/app is 1048577 bytes: write 1 MiB or less',
  ],
  [
    { files: { '/srv/$app/a': '' } },
    'path is "/srv/$app": write a path without "$": only letters, digits and - . _ / are allowed',
  ],
])('files that a target cannot hold are refused', (props, told) => {
  expect(issuesOfApp((app) => backend(app, 'api', props))).toEqual([`shop/api: ${told}`]);
});

test.each([
  ['nginx:1.27:1', 'only one tag, such as nginx:1.27'],
  ['a//b:1', 'a name with one / between its parts'],
  ['a/B:1', 'a/b:1, because the name of an image is in lower case'],
])('an image name that no registry takes is refused: %s', (image, told) => {
  const issues = issuesOfApp((app) => backend(app, 'api', { image }));
  expect(issues).toEqual([`shop/api: image is "${image}": write ${told}`]);
});

test.each(['registry.example.com/todo-api:1.0', 'localhost:5000/a/b_c:V1', 'nginx@sha256:' + 'a'.repeat(64)])(
  'an image name that a registry takes is taken: %s',
  (image) => {
    expect(
      serviceOf(
        planOfApp((app) => backend(app, 'api', { image })),
        'api',
      ).image,
    ).toBe(image);
  },
);

test('an owner, a version and an address that cannot be written are refused together', () => {
  const place = { ...onDocker, components: { api: { expose: hostPort(80, 'localhost') } } };
  const options = { owner: { team: 'Team Rocket!' }, version: '1.0+build/5' };
  const label = 'only letters, digits and - . _ are allowed';
  expect(issuesOfApp((app) => backend(app, 'api'), place, options)).toEqual([
    `shop: owner.team is "Team Rocket!": write Team-Rocket: ${label}`,
    `shop: version is "1.0+build/5": write 1.0-build-5: ${label}`,
    'shop/api: expose is "localhost": write an IPv4 address of the host, or 0.0.0.0 for all its addresses',
  ]);
});

test('an application without components is refused', () => {
  expect(issuesOfApp(() => undefined)).toEqual(['shop: components is []: write at least one component']);
});

test('a component without a name is reported together with all other mistakes', () => {
  const issues = issuesOfApp((app) => {
    backend(app, '');
    backend(app, 'api', { image: 'a' });
  });
  expect(issues).toEqual([
    'shop/: name is "": write a name, such as shop',
    `shop/api: image is "a", which stands for a:latest, whatever that is on the day: write a:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' a prints`,
  ]);
});
