import { Health } from 'catamaran';
import { issuesOfApp, withProps } from '../../../support/application';

describe('a path', () => {
  const folder = 'another path, because a mount here would hide what the image has in this folder';
  const absolute =
    'an absolute path of letters, digits and - . _, without the parts . and .., and without a / at the ' +
    'end';
  test.each([
    ['/etc/api.conf', '/etc', folder],
    ['api.conf', '.', absolute],
    ['/srv/../etc/x/api.conf', '/srv/../etc/x', absolute],
    ['/api.conf', '/', folder],
  ])('of a file, %s, is refused', (file, got, write) => {
    expect(issuesOfApp(withProps({ files: { [file]: '' } }))).toEqual([
      `shop/api: path is "${got}": write ${write}`,
    ]);
  });

  test('below a mounted folder is refused', () => {
    expect(issuesOfApp(withProps({ files: { '/tmp/api.conf': '' } }))).toEqual([
      'shop/api: path is "/tmp": write a path where nothing else is mounted',
    ]);
  });

  test.each(['health', 'http://api', '/a b', '/"'])('of a health check, %p, is refused', (path) => {
    expect(issuesOfApp(withProps({ health: Health.http(path) }))).toEqual([
      `shop/api: health.path is ${JSON.stringify(path)}: write a path that starts with / and has only the characters of a URL`,
    ]);
  });
});
