import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Backend, Cache, ReverseProxy, Route, SearchEngine, Secret, Size, type Application } from 'catamaran';
import { onDocker, workloadOfApp } from '../../support/application';
import { FakeImage } from '../../support/fake-image';

describe('Redis starts', () => {
  const build = (app: Application) => new Cache(app, 'cache', { memory: Size.mebibytes(100) });
  const { entrypoint } = workloadOfApp('cache', build);

  test('with its password, three quarters of its memory, and nothing kept on disk', () => {
    const image = new FakeImage(
      { 'redis-server': 'echo "redis-server ${1#$root}"' },
      { '/run/secrets/cache/password': 'pa$$word\n', '/tmp/redis.conf': '' },
    );
    expect(image.run(entrypoint)).toEqual({
      status: 0,
      stdout: 'redis-server /tmp/redis.conf\n',
      stderr: '',
    });
    expect(image.read('/tmp/redis.conf')).toBe(
      'requirepass pa$$word\nbind * -::*\nsave ""\nmaxmemory 78643200\nmaxmemory-policy allkeys-lru\n',
    );
  });

  test('from a file that nobody else reads', () => {
    const image = new FakeImage({ 'redis-server': 'exit' }, { '/run/secrets/cache/password': 'secret' });
    image.write({ '/tmp/other': '' });
    expect(image.run(entrypoint, ['/tmp/redis.conf']).status).toBe(0);
    expect(statSync(join(image.root, '/tmp/redis.conf')).mode & 0o777).toBe(0o600);
  });
});

describe('Elasticsearch starts', () => {
  const { entrypoint } = workloadOfApp('search', (app: Application) => new SearchEngine(app, 'search'));
  const password = '/run/secrets/search/password';
  const folders = ['/tmp/config', '/usr/share/elasticsearch/config', password];

  // The script names its image's program by path, which is the last word but one.
  function start(files: Readonly<Record<string, string>>) {
    const image = new FakeImage({}, { '/usr/local/bin/docker-entrypoint.sh': '' });
    image.write({ '/usr/share/elasticsearch/config/jvm.options': '-Xss1m', '/tmp/other': '', ...files });
    image.program('start', 'echo "$1 with $ELASTIC_PASSWORD and $(cat $root/tmp/config/jvm.options)"');
    const command = entrypoint.map((word) =>
      word.replace('/usr/local/bin/docker-entrypoint.sh', join(image.root, 'bin/start')),
    );
    return image.run(command, folders);
  }

  test('with its password, from a copy of its configuration', () => {
    expect(start({ [password]: 'pa$$word\n' })).toEqual({
      status: 0,
      stdout: 'eswrapper with pa$$word and -Xss1m\n',
      stderr: '',
    });
  });

  test('fails without its password', () => {
    const { status, stdout, stderr } = start({});
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/\/run\/secrets\/search\/password: No such file or directory\n$/);
  });
});

describe('nginx starts', () => {
  const build = (app: Application) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    const admin = { user: 'admin', password: Secret.named('ADMIN') };
    const other = { user: 'other', password: Secret.named('OTHER') };
    new ReverseProxy(app, 'proxy', {
      routes: [Route.path('/admin', api, { auth: admin }), Route.path('/other', api, { auth: other })],
    });
  };
  const { entrypoint } = workloadOfApp('proxy', build, { ...onDocker, accept: ['routes'] });
  const written = entrypoint.slice(4).filter((_, index) => index % 3 === 2);
  const secrets = { '/run/secrets/proxy/ADMIN': 'one\n', '/run/secrets/proxy/OTHER': 'two\n' };
  const image = (openssl: string) => {
    const made = new FakeImage({ nginx: 'echo "nginx $*"', openssl }, secrets);
    made.write(Object.fromEntries(written.map((file) => [join(file, '../other'), ''])));
    return made;
  };

  test('with a file of user and hash for each password', () => {
    const fake = image('read -r word; echo "$* of $word"');
    expect(fake.run(entrypoint, written)).toEqual({
      status: 0,
      stdout: 'nginx -g daemon off;\n',
      stderr: '',
    });
    expect(written.map((file) => fake.read(file))).toEqual([
      'admin:passwd -apr1 -stdin of one\n',
      'other:passwd -apr1 -stdin of two\n',
    ]);
  });

  test.each(['exit 1', 'exit 0'])('fails if a password has no hash: %s', (openssl) => {
    const { status, stdout } = image(openssl).run(entrypoint, written);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});
