import { Backend, ExternalApi, PostgresDatabase } from 'catamaran';
import { issuesOfApp, onDocker, onKubernetes, workloadOfApp, type Build } from '../../support/application';
import { variable } from '../../support/variable';

const calling =
  (url: string, addresses?: readonly string[], id = 'mail'): Build =>
  (app) => {
    const external = new ExternalApi(app, id, { url, ...(addresses && { addresses }) });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: external.url } });
  };

test.each([
  ['https://api.example.com/v1', 'api.example.com', 443],
  ['http://api.example.com', 'api.example.com', 80],
  ['https://api.example.com:8443/v1', 'api.example.com', 8443],
  ['https://api.example.com:443/v1', 'api.example.com', 443],
  ['wss://live.example.com', 'live.example.com', 443],
  ['amqps://Queue.Example.com/shop', 'queue.example.com', 5671],
  ['amqp://queue.example.com', 'queue.example.com', 5672],
  ['ldaps://directory.example.com', 'directory.example.com', 636],
  ['ldap://directory.example.com', 'directory.example.com', 389],
  ['smtp://mail.example.com', 'mail.example.com', 25],
  ['smtps://mail.example.com', 'mail.example.com', 465],
  ['submission://mail.example.com', 'mail.example.com', 587],
  ['redis://cache.example.com', 'cache.example.com', 6379],
  ['rediss://cache.example.com/0', 'cache.example.com', 6379],
  ['postgres://shop@db.example.com/shop', 'db.example.com', 5432],
  ['postgresql+asyncpg://db.example.com/shop', 'db.example.com', 5432],
  ['jdbc:postgresql://db.example.com/shop?ssl=true', 'db.example.com', 5432],
  ['mysql://db.example.com', 'db.example.com', 3306],
  ['mongodb+srv://cluster.example.com/shop', 'cluster.example.com', 27_017],
  ['nats://queue.example.com', 'queue.example.com', 4222],
  ['mqtts://things.example.com', 'things.example.com', 8883],
  ['sftp://shop@files.example.com/in', 'files.example.com', 22],
  ['own://service.example.com:7000', 'service.example.com', 7000],
])('a service at %s is reached at %s, port %d', (url, host, port) => {
  const api = workloadOfApp('api', calling(url));
  expect(api.connections).toEqual([
    { kind: 'external', name: 'mail', host, port, protocol: 'tcp', addresses: ['0.0.0.0/0'] },
  ]);
  expect(variable(api, 'URL')).toBe(url);
  expect(api.after).toEqual([]);
});

test.each([
  ['udp://logs.example.com:514', 514],
  ['ntp://time.example.com', 123],
])('a service at %s is reached over UDP, port %d', (url, port) => {
  expect(workloadOfApp('api', calling(url)).connections).toMatchObject([{ port, protocol: 'udp' }]);
});

test.each([
  ['http://10.0.0.5:9000', '10.0.0.5', '10.0.0.5/32'],
  ['http://[2001:db8::1]:81/', '[2001:db8::1]', '2001:db8::1/128'],
  ['postgres://[FD00::7]/shop', '[fd00::7]', 'fd00::7/128'],
])('an address in the URL %s opens exactly that address', (url, host, block) => {
  expect(workloadOfApp('api', calling(url), onKubernetes).connections).toMatchObject([
    { kind: 'external', host, addresses: [block] },
  ]);
});

test('a managed service with a private address is open at exactly that address', () => {
  const components = { database: { managed: { host: '10.0.0.5' } } };
  const build: Build = (app) => {
    const database = new PostgresDatabase(app, 'database');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.url } });
  };
  expect(workloadOfApp('api', build, { ...onKubernetes, components }).connections).toMatchObject([
    { kind: 'external', host: '10.0.0.5', port: 5432, addresses: ['10.0.0.5/32'] },
  ]);
});

test('a program of the Docker host can be named by its host', () => {
  expect(workloadOfApp('api', calling('http://host.docker.internal:11434')).connections).toEqual([
    { kind: 'host', name: 'mail', port: 11434, protocol: 'tcp' },
  ]);
});

const itself =
  'write the name of another host, because this is the container itself: host.docker.internal is the Docker host';
const metadata =
  "write another host: this is the cloud's metadata server, which gives the credentials of the machine to whoever " +
  'asks, so it stays closed. Give the program its own credentials, as secrets';
const login = 'url is a URL with a login, which is a secret: write it without, and';

test.each([
  ['no url', 'url is "no url": write an absolute URL, such as https://api.example.com/v1'],
  ['amqps://', 'url is "amqps://": write an absolute URL, such as https://api.example.com/v1'],
  ['amqps:///shop', 'url is "amqps:///shop": write an absolute URL, such as https://api.example.com/v1'],
  ['https://a b/', 'url is "https://a b/": write an absolute URL, such as https://api.example.com/v1'],
  ['https://a:70000', 'url is "https://a:70000": write a port from 1 to 65535'],
  ['https://a.example.com:0', 'url is "https://a.example.com:0": write a port from 1 to 65535'],
  [
    'grpc://a.example.com',
    'url is "grpc://a.example.com": write the port as well, such as grpc://a.example.com:8000, because grpc has no usual one',
  ],
  [
    'mongodb://a.example.com,b.example.com/shop',
    'url is "mongodb://a.example.com,b.example.com/shop": write one host, and an ExternalApi for each of the others',
  ],
  [
    'mongodb+srv://a.example.com:27017/shop',
    'url is "mongodb+srv://a.example.com:27017/shop": write mongodb+srv://a.example.com/shop, because mongodb+srv finds the ports by DNS',
  ],
  [
    'amqps://shop:hunter2@queue.example.com/shop?x=hunter2',
    `${login} text\`amqps://user:\${Secret.named('MAIL_QUEUE_PASSWORD')}@\${mailQueue.endpoint}/shop\` in env`,
  ],
  [
    'https://hunter2@logs.example.com/1',
    `${login} text\`https://user:\${Secret.named('MAIL_QUEUE_PASSWORD')}@\${mailQueue.endpoint}/1\` in env`,
  ],
  [
    'mongodb+srv://shop:hunter2@a.example.com/shop',
    `${login} text\`mongodb+srv://user:\${Secret.named('MAIL_QUEUE_PASSWORD')}@\${mailQueue.host}/shop\` in env`,
  ],
  [
    'https://a b/hunter2@c',
    'url is not a URL that can be read: write an absolute URL, such as https://api.example.com/v1',
  ],
  ['http://localhost:8000', `url is "http://localhost:8000": ${itself}`],
  ['redis://127.0.0.1', `url is "redis://127.0.0.1": ${itself}`],
  ['redis://0x7f.1', `url is "redis://0x7f.1": ${itself}`],
  ['http://[::1]:80', `url is "http://[::1]:80": ${itself}`],
  ['http://169.254.169.254/latest', `url is "http://169.254.169.254/latest": ${metadata}`],
  ['http://metadata.google.internal', `url is "http://metadata.google.internal": ${metadata}`],
  [
    'http://gateway.docker.internal:80',
    'url is "http://gateway.docker.internal:80": write host.docker.internal',
  ],
])('the URL %s is refused', (url, message) => {
  const found = issuesOfApp(calling(url, undefined, 'mail-queue'));
  expect(found).toEqual([`shop/mail-queue: ${message}`]);
  expect(found.join('')).not.toContain('hunter2');
});

describe('a private name', () => {
  const told = (host: string) =>
    `shop/mail: addresses is missing, but ${host} is a private name: a network policy cannot name it, and would open ` +
    "the public addresses only: write them as CIDR blocks, such as addresses: ['10.20.0.0/16']";

  test.each(['minio.lan', 'db.prod.internal', 'printer.local', 'legacy', 'store.data.svc', 'nas.home.arpa'])(
    '%s needs addresses on Kubernetes, and none on Docker',
    (host) => {
      expect(issuesOfApp(calling(`http://${host}:9000`), onKubernetes)).toEqual([told(host)]);
      expect(workloadOfApp('api', calling(`http://${host}:9000`), onDocker).connections).toHaveLength(1);
      const named = calling(`http://${host}:9000`, ['10.20.0.0/16']);
      expect(workloadOfApp('api', named, onKubernetes).connections).toMatchObject([
        { addresses: ['10.20.0.0/16'] },
      ]);
    },
  );

  test('of a managed service needs them as well', () => {
    const components = { mail: { managed: { host: 'db.internal' } } };
    const build: Build = (app) => {
      const mail = new PostgresDatabase(app, 'mail');
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: mail.url } });
    };
    expect(issuesOfApp(build, { ...onKubernetes, components })).toContain(told('db.internal'));
  });
});

test.each([
  ['localhost', itself],
  ['169.254.169.254', metadata],
])('a managed service cannot be at %s', (host, write) => {
  const components = { database: { managed: { host } } };
  expect(issuesOfApp((app) => new PostgresDatabase(app, 'database'), { ...onDocker, components })).toEqual([
    `shop/database: managed.host is "${host}": ${write}`,
  ]);
});
