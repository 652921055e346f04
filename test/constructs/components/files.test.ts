import { Backend, Worker } from 'catamaran';
import { issuesOfApp, onDocker, onKubernetes, planOfApp, type Build } from '../../support/application';
import { containerOf, podOf, serviceOf } from '../../support/written';
import { writtenFiles } from '../../../constructs/pipeline/plan';

const worker =
  (props: object): Build =>
  (app) =>
    new Worker(app, 'mail', { image: 'mail:1.0', ...props });

test('a file is mounted by itself, so that the rest of its folder stays', () => {
  const build = worker({ files: { '/app/config.json': '{}', '/app/other.json': '[]' } });
  expect(containerOf(planOfApp(build, onKubernetes), 'mail').volumeMounts).toEqual([
    { name: 'scratch-0', mountPath: '/tmp' },
    { name: 'files-0', mountPath: '/app/config.json', subPath: 'config.json', readOnly: true },
    { name: 'files-0', mountPath: '/app/other.json', subPath: 'other.json', readOnly: true },
  ]);
  const planned = planOfApp(build, onDocker);
  const bind = { type: 'bind', read_only: true, bind: { create_host_path: false } };
  const source = Object.keys(writtenFiles(planned, '')).find((path) => path.endsWith('config.json')) ?? '';
  expect(serviceOf(planned, 'mail').volumes).toEqual([
    { ...bind, source: `./${source}`, target: '/app/config.json' },
    { ...bind, source: `./${source.replace('config', 'other')}`, target: '/app/other.json' },
  ]);
});

test('the program can execute a file that is a program, on Kubernetes', () => {
  const files = { '/opt/run.sh': '#!/bin/sh\n', '/opt/settings': 'a' };
  const { volumes } = podOf(planOfApp(worker({ command: ['/opt/run.sh'], files }), onKubernetes), 'mail');
  expect(volumes?.find(({ name }) => name === 'files-0')?.configMap?.items).toEqual([
    { key: 'run.sh', path: 'run.sh', mode: 0o555 },
    { key: 'settings', path: 'settings', mode: 0o444 },
  ]);
});

test.each([onDocker, onKubernetes])('a command that no kernel can start is refused on $target', (place) => {
  const build = worker({ command: ['/opt/run.sh'], files: { '/opt/run.sh': 'echo hello\n' } });
  expect(issuesOfApp(build, place)).toEqual([
    'shop/mail: command is /opt/run.sh of files, which does not start with #!: write the program that runs it, ' +
      "such as ['sh', '/opt/run.sh'], or #!/bin/sh as its first line",
  ]);
});

test('a file without #! can be the argument of a shell', () => {
  const build = worker({ command: ['sh', '/opt/run.sh'], files: { '/opt/run.sh': 'echo hello\n' } });
  expect(() => planOfApp(build)).not.toThrow();
});

test('a file cannot be where a folder is', () => {
  const also = (path: string) =>
    `shop/mail: files has "${path}", which is also a folder of files or a mount: write another path for one of them`;
  expect(
    issuesOfApp(worker({ files: { '/srv/data': 'a' }, volumes: { data: { path: '/srv/data' } } })),
  ).toEqual([also('/srv/data')]);
  expect(issuesOfApp(worker({ files: { '/srv/a': 'a', '/srv/a/b': 'b' } }))).toEqual([also('/srv/a')]);
});

describe('volumes that are the same object', () => {
  const refused = [
    'shop/mail: volumes is the same object as api, but each component gets volumes of its own: write an object for ' +
      'each, or a SharedVolume that both mount',
  ];
  const both =
    (api: object, mail: object): Build =>
    (app) => {
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, ...api });
      new Worker(app, 'mail', { image: 'mail:1.0', ...mail });
    };

  test('are refused, as a whole or one of them', () => {
    const uploads = { path: '/data' };
    const volumes = { uploads };
    expect(issuesOfApp(both({ volumes }, { volumes }))).toEqual(refused);
    expect(issuesOfApp(both({ volumes }, { volumes: { uploads } }))).toEqual(refused);
    expect(issuesOfApp(both({ volumes }, { volumes: { mine: uploads } }), onKubernetes)).toEqual(refused);
  });

  test('are fine where only their contents are equal, and in another environment', () => {
    const own = () => ({ volumes: { data: { path: '/data' } } });
    const build = both(own(), own());
    const shared = both({}, own());
    for (const one of [build, shared])
      expect(() => [planOfApp(one), planOfApp(one, onKubernetes)]).not.toThrow();
  });
});
