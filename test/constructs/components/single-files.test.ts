import { Backend, docker, Migration, PostgresDatabase, Secret, Size, text, Worker } from 'catamaran';
import {
  application,
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  present,
  type Build,
} from '../../support/application';
import { composeOf, containerOf, podOf, serviceOf } from '../../support/written';

const worker =
  (props: object): Build =>
  (app) =>
    new Worker(app, 'mail', { image: 'mail:1.0', ...props });

const key = Secret.named('KEY');

test.each([onDocker, onKubernetes])('single files can be in folders of the system on $target', (place) => {
  const files = {
    '/entrypoint.sh': '#!/bin/sh\n',
    '/etc/motd': 'a',
    '/etc/nginx/nginx.conf': 'b',
    '/usr/local/bin/run': { content: '#!/bin/sh', mode: '755' },
    '/run/config': text`c`,
  };
  const planned = planOfApp(worker({ files, secretFiles: { '/etc/key': key } }), place);
  const mounted =
    place === onKubernetes
      ? (containerOf(planned, 'mail').volumeMounts ?? []).map(({ mountPath }) => mountPath)
      : (serviceOf(planned, 'mail').volumes ?? []).map(({ target }) => target);
  for (const path of Object.keys(files)) expect(mounted).toContain(path);
});

test('a folder of the system cannot be hidden by a mount', () => {
  expect(
    issuesOfApp(worker({ scratch: [{ path: '/etc', size: Size.mebibytes(1), medium: 'disk' }] })),
  ).toEqual([
    'shop/mail: path is "/etc": write another path, because a mount here would hide what the image has in this folder',
  ]);
});

test.each(['/proc/a', '/sys/kernel/a', '/dev/a'])('%s is refused, as the kernel fills the folder', (path) => {
  const folder = path.slice(0, -2);
  const told = `shop/mail: path is "${folder}": write another path, because the kernel fills this folder`;
  expect(issuesOfApp(worker({ files: { [path]: 'a' } }))).toEqual([told]);
  expect(issuesOfApp(worker({ secretFiles: { [path]: key } }))).toEqual([told]);
});

test('a file that engines write themselves is refused', () => {
  expect(issuesOfApp(worker({ files: { '/etc/hosts': 'a' } }))).toEqual([
    'shop/mail: files has "/etc/hosts", which Docker and Kubernetes write themselves: write another path: names of ' +
      'other hosts belong into an override',
  ]);
});

test.each([
  ['0999', 'three or four octal digits, such as 0644'],
  ['rw-r--r--', 'three or four octal digits, such as 0644'],
  ['4755', '755, without the bits for setuid, setgid and sticky'],
  ['1777', '777, without the bits for setuid, setgid and sticky'],
  ['0666', 'a mode that does not let everybody write, such as 0644'],
  [
    '0600',
    'a mode with which user and group can read, such as 0644, because the file belongs to root and the program is in its group',
  ],
])('a file of the mode %s is refused', (mode, write) => {
  const build = worker({ files: { '/srv/a': { content: 'a', mode } } });
  expect(issuesOfApp(build)).toEqual([`shop/mail: files /srv/a mode is "${mode}": write ${write}`]);
});

test('a secret that others could read is refused', () => {
  const build = worker({ secretFiles: { '/srv/a': { secret: key, mode: '0444' } } });
  expect(issuesOfApp(build)).toEqual([
    'shop/mail: secretFiles /srv/a mode is "0444": write a mode that gives nothing to others, such as 0440, because ' +
      'only the program may read a secret',
  ]);
});

test('wrong kinds are told without the value, which may be a password', () => {
  const write = "a secret, such as Secret.named('API_KEY') or database.password";
  expect(issuesOfApp(worker({ secretFiles: { '/srv/a': 'hunter2' } }))).toEqual([
    `shop/mail: secretFiles./srv/a is a text: write ${write}`,
  ]);
  expect(issuesOfApp(worker({ secretFiles: { '/srv/a': { secret: 'hunter2', modes: '0440' } } }))).toEqual([
    'shop/mail: secretFiles./srv/a.modes is not a field of a file: did you mean mode?',
    `shop/mail: secretFiles./srv/a.secret is a text: write ${write}`,
  ]);
  expect(issuesOfApp(worker({ files: { '/srv/a': { content: 5, mode: 755 } } }))).toEqual([
    'shop/mail: files./srv/a.content is a number: write the content of the file as a text, or text`…` with references in it',
    "shop/mail: files./srv/a.mode is 755: write '755'",
  ]);
});

test('a command must be a program that the group may execute', () => {
  const file = { content: '#!/bin/sh', mode: '0744' };
  expect(issuesOfApp(worker({ command: ['/srv/run'], files: { '/srv/run': file } }))).toEqual([
    'shop/mail: command is /srv/run of files, whose mode is 0744: write a mode with which the group can execute it, such as 0755',
  ]);
});

test('one path has one file', () => {
  const both = { files: { '/srv/a': 'a' }, secretFiles: { '/srv/a': key } };
  expect(issuesOfApp(worker(both))).toEqual([
    'shop/mail: secretFiles has "/srv/a", which files has as well: write another path for one of them',
  ]);
  expect(issuesOfApp(worker({ secretFiles: { '/srv/a': key, '/srv/a/b': key } }))).toEqual([
    'shop/mail: secretFiles has "/srv/a", which is also a folder of files or a mount: write another path for one of them',
  ]);
});

test('a folder that cannot be a volume is refused on Docker alone', () => {
  const atRoot = worker({ secretFiles: { '/key': key } });
  expect(issuesOfApp(atRoot)).toEqual([
    'shop/mail: secretFiles has "/key", but on Docker its folder / becomes a volume, and the root cannot be one: ' +
      'write a file in a folder of its own, such as /run/secrets/key',
  ]);
  const inUse = worker({
    secretFiles: { '/srv/key': key },
    scratch: [{ path: '/srv/cache', size: Size.mebibytes(1), medium: 'disk' }],
  });
  expect(issuesOfApp(inUse)).toEqual([
    'shop/mail: secretFiles has "/srv/key", but on Docker its folder /srv becomes a volume, and /srv/cache, which is ' +
      'in it, is mounted as well: write a file in a folder of its own, such as /run/secrets/key',
  ]);
  for (const build of [atRoot, inUse]) expect(() => planOfApp(build, onKubernetes)).not.toThrow();
});

test('the volume on Docker is new for another image, other files beside it, and other modes', () => {
  const source = (props: object, image = 'mail:1.0') => {
    const planned = planOfApp(worker({ image, secretFiles: { '/etc/mail/key': key }, ...props }));
    return present(serviceOf(planned, 'mail').volumes?.find(({ type }) => type === 'volume')).source;
  };
  const mode = { secretFiles: { '/etc/mail/key': { secret: key, mode: '0550' } } };
  const sources = [
    source({}),
    source({}, 'mail:2.0'),
    source({ files: { '/etc/mail/a': 'a' } }),
    source(mode),
  ];
  expect(new Set(sources).size).toBe(4);
  // Another content of a file beside it changes nothing: each file is mounted by itself.
  expect(source({ files: { '/etc/mail/a': 'b' } })).toBe(sources[2]);
});

test('a folder with secrets in a folder of the image gets a place there', () => {
  const planned = planOfApp(
    worker({ env: { TOKEN_FILE: Secret.named('TOKEN').file }, secretFiles: { '/run/secrets/key': key } }),
  );
  const { services } = composeOf(planned);
  expect(services['mail.secrets']?.tmpfs).toEqual(['/tmp:exec,mode=1777,size=1m']);
  expect(services['mail.secrets-2']?.tmpfs).toEqual([
    '/tmp:exec,mode=1777,size=1m',
    '/run/secrets/files:exec,mode=1777,size=1m',
  ]);
});

test('a random secret of a file can be generated, and a password of another application is refused', () => {
  const random = planOfApp(worker({ secretFiles: { '/srv/a': Secret.random('A') } }));
  expect(random.model).toMatchObject({ secrets: ['A'], randomSecrets: ['A'] });
  const stranger = new PostgresDatabase(
    application(() => undefined, docker(), { name: 'blog' }),
    'database',
  );
  expect(issuesOfApp(worker({ secretFiles: { '/srv/a': stranger.password } }))).toEqual([
    'shop/mail: secretFiles /srv/a is "blog/database": write a component of shop, or an external service',
  ]);
});

test('the check of a migration gets its secret files in the pods that wait for it', () => {
  const planned = planOfApp((app) => {
    const migration = new Migration(app, 'migration', {
      image: 'mail:1.0',
      command: ['up'],
      check: ['is-up'],
      secretFiles: { '/run/secrets/key': key },
    });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor: [migration] });
  }, onKubernetes);
  const [gate] = present(podOf(planned, 'api').initContainers);
  expect(gate?.volumeMounts).toContainEqual({
    name: 'migration-secrets-0',
    mountPath: '/run/secrets/key',
    subPath: 'key',
    readOnly: true,
  });
});
