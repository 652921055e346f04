import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  Backend,
  Cache,
  certificateFiles,
  Cpu,
  ReverseProxy,
  Route,
  SearchEngine,
  Secret,
  Size,
  type Application,
} from 'catamaran';
import { nginxStartFile } from '../../../constructs/model/nginx';
import { workloadOfApp } from '../../support/application';
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
      tls: { certificate: certificateFiles() },
      cpu: Cpu.millicores(1500),
    });
  };
  const { entrypoint } = workloadOfApp('proxy', build);
  const program = nginxStartFile['start.sh'] ?? '';
  const written = ['/tmp/admin.ADMIN.htpasswd', '/tmp/other.OTHER.htpasswd'];
  const secrets = { '/run/secrets/proxy/ADMIN': 'one\n', '/run/secrets/proxy/OTHER': 'two\n' };
  const machine = {
    '/etc/nginx/nginx.conf': 'user nginx;\nworker_processes  auto;\nevents {}\n',
    '/etc/nginx/mime.types': 'types {}\n',
    '/etc/nginx/conf.d/default.conf': 'server {}\n',
    '/etc/resolv.conf':
      'search shop.svc.corp.example svc.corp.example corp.example\nnameserver 10.96.0.10\nnameserver 8.8.8.8\n',
    '/tmp/machine/ipv6-8080.conf': 'of an earlier start',
  };
  const of4 = '00000000000000000000000000000001 01 80 10 80       lo\n';
  const of6 = `${of4}fd000000000000000000000000000002 07 40 00 80     eth0\n`;

  const image = (
    more: Readonly<Record<string, string>> = {},
    openssl = 'read -r word; echo "$* of $word"',
  ) => {
    const made = new FakeImage({ nginx: 'echo "nginx ${2#$root} $3 $4"', openssl }, secrets);
    made.write({ ...machine, ...more });
    return made;
  };
  const start = (fake: FakeImage) =>
    fake.run(
      ['sh', '-c', program, ...entrypoint.slice(1)],
      [
        ...['/etc/nginx', '/etc/resolv.conf', '/proc/net/if_inet6', '/docker-entrypoint.sh'],
        ...['/tmp/nginx', '/tmp/machine', ...written],
      ],
    );
  const started = { status: 0, stdout: 'nginx /tmp/nginx/nginx.conf -g daemon off;\n', stderr: '' };

  test('by a program in a file, with what it has to know', () => {
    expect(entrypoint).toEqual([
      ...['sh', '/etc/nginx/conf.d/start.sh', '2', '8443 ssl', '8080', '--'],
      ...['admin', '/run/secrets/proxy/ADMIN', '/tmp/admin.ADMIN.htpasswd'],
      ...['other', '/run/secrets/proxy/OTHER', '/tmp/other.OTHER.htpasswd'],
    ]);
  });

  test('with a file of user and hash for each password', () => {
    const fake = image();
    expect(start(fake)).toEqual(started);
    expect(written.map((file) => fake.read(file))).toEqual([
      'admin:passwd -apr1 -stdin of one\n',
      'other:passwd -apr1 -stdin of two\n',
    ]);
    expect(statSync(join(fake.root, '/tmp/admin.ADMIN.htpasswd')).mode & 0o777).toBe(0o600);
  });

  test("with its image's configuration and a worker process for each core of its limit", () => {
    const fake = image();
    start(fake);
    expect(fake.read('/tmp/nginx/nginx.conf')).toBe('user nginx;\nworker_processes 2;\nevents {}\n');
    expect(fake.read('/tmp/nginx/mime.types')).toBe('types {}\n');
    expect(fake.read('/tmp/nginx/conf.d/default.conf')).toBe('server {}\n');
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['without IPv6 in the kernel', {}, 'resolver 10.96.0.10 valid=1s ipv6=off;\n'],
    ['with IPv6 for itself alone', { '/proc/net/if_inet6': of4 }, 'resolver 10.96.0.10 valid=1s ipv6=off;\n'],
  ])('on a machine %s', (_, more, resolver) => {
    const fake = image(more);
    expect(start(fake)).toEqual(started);
    expect(fake.read('/tmp/machine/resolver.conf')).toBe(resolver);
    expect(readdirSync(join(fake.root, '/tmp/machine')).sort()).toEqual(['domain.conf', 'resolver.conf']);
  });

  test('on a machine with IPv6 alone', () => {
    const resolv = 'nameserver fd00::a\nsearch shop.svc.cluster.local svc.cluster.local cluster.local\n';
    const fake = image({ '/proc/net/if_inet6': of6, '/etc/resolv.conf': resolv });
    expect(start(fake)).toEqual(started);
    expect(fake.read('/tmp/machine/resolver.conf')).toBe('resolver [fd00::a] valid=1s ipv6=on;\n');
    expect(fake.read('/tmp/machine/domain.conf')).toBe('default cluster.local;\n');
    expect(fake.read('/tmp/machine/ipv6-8443.conf')).toBe('listen [::]:8443 ssl;\n');
    expect(fake.read('/tmp/machine/ipv6-8080.conf')).toBe('listen [::]:8080;\n');
  });

  test('with the domain of its cluster, wherever its DNS server is', () => {
    const fake = image();
    start(fake);
    expect(fake.read('/tmp/machine/domain.conf')).toBe('default corp.example;\n');
    const other = image({
      '/etc/resolv.conf': 'nameserver 127.0.0.11\nsearch svcs.example\noptions ndots:0\n',
    });
    start(other);
    expect(other.read('/tmp/machine/domain.conf')).toBe('default cluster.local;\n');
    expect(other.read('/tmp/machine/resolver.conf')).toBe('resolver 127.0.0.11 valid=1s ipv6=off;\n');
  });

  test('again, and through the entrypoint of the official images', () => {
    const fake = image({ '/docker-entrypoint.sh': '#!/bin/sh\necho first\nexec "$@"\n' });
    chmodSync(join(fake.root, 'docker-entrypoint.sh'), 0o755);
    for (const stdout of ['first', 'first'].map((first) => `${first}\n${started.stdout}`))
      expect(start(fake)).toEqual({ ...started, stdout });
  });

  test.each(['exit 1', 'exit 0'])('fails if a password has no hash: %s', (openssl) => {
    const { status, stdout } = start(image({}, openssl));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});
