import { Health, Size } from 'catamaran';
import { issuesOfApp, planOfApp, withProps } from '../../../support/application';

describe('a path', () => {
  test.each([
    ['api.conf', '.', 'an absolute path, which starts with /'],
    ['etc/app/api.conf', 'etc/app', 'an absolute path, which starts with /, such as /etc/app'],
    ['/srv//app/api.conf', '/srv//app', 'a path with one / between folders, such as /srv/app'],
    ['/srv/../etc/x/api.conf', '/srv/../etc/x', 'a path without the parts . and .., such as /etc/x'],
  ])('of a file, %s, is refused', (file, got, write) => {
    expect(issuesOfApp(withProps({ files: { [file]: '' } }))).toEqual([
      `shop/api: path is "${got}": write ${write}`,
    ]);
  });

  test.each(['/etc/api.conf', '/usr/local/bin/run', '/api.conf'])(
    'of a file, %s, hides nothing else',
    (file) => {
      expect(planOfApp(withProps({ files: { [file]: '' } })).model.workloads).toHaveLength(1);
    },
  );

  test('below a mounted folder is refused', () => {
    expect(issuesOfApp(withProps({ files: { '/tmp/api.conf': '' } }))).toEqual([
      'shop/api: path is "/tmp": write a path where nothing else is mounted',
    ]);
  });

  test('of a scratch folder ends without /', () => {
    const scratch = [{ path: '/srv/', size: Size.mebibytes(1), medium: 'disk' as const }];
    expect(issuesOfApp(withProps({ scratch }))).toEqual([
      'shop/api: path is "/srv/": write /srv, without the / at the end',
    ]);
  });

  test.each([
    ['health', '/health, which starts with /'],
    ['', '/, or a path such as /health'],
    ['http://api/up', 'the path alone, without scheme and host: /up'],
    ['/a b', 'a path without " ": only the characters of a URL are allowed'],
    ['/"', String.raw`a path without "\"": only the characters of a URL are allowed`],
  ])('of a health check, %p, is refused', (path, write) => {
    expect(issuesOfApp(withProps({ health: Health.http(path) }))).toEqual([
      `shop/api: health.path is ${JSON.stringify(path)}: write ${write}`,
    ]);
  });
});
