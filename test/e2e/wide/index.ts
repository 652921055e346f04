import {
  Application,
  Backend,
  defineStack,
  Duration,
  docker,
  envFile,
  Health,
  hostPort,
  Image,
  kubernetes,
  later,
  nodePort,
  PostgresDatabase,
  readWriteMany,
  RedisStore,
  Secret,
  SharedVolume,
  Size,
  type Environment,
} from 'catamaran';

const nobody = { uid: 1000, gid: 1000 };

/** An application that needs all that real images need. `main` asks the others, and tells what came out in /report. */
class Wide extends Application {
  constructor(environment: Environment) {
    super('wide', environment, { folder: __dirname });
    const program = (role: string) => ({
      image: Image.build('program', { target: 'program', args: { GREETING: 'from the build' } }),
      args: [role],
      port: 8000,
      user: nobody,
      health: Health.http('/'),
      grace: Duration.seconds(2),
    });
    const media = new SharedVolume(this, 'media', { size: Size.mebibytes(64) });
    const database = new PostgresDatabase(this, 'database', {
      storage: Size.mebibytes(256),
      init: {
        '10-greeting.sql':
          "CREATE TABLE greeting (words text); INSERT INTO greeting VALUES ('from the script');",
      },
      databases: { reports: { username: 'reporter' } },
      args: ['-c', 'work_mem=8MB'],
      sharedMemory: Size.mebibytes(128),
    });
    const queue = new RedisStore(this, 'queue', { storage: Size.mebibytes(128) });
    const { user: _user, ...rootProgram } = program('rooted');
    const rooted = new Backend(this, 'rooted', {
      ...rootProgram,
      runsAsRoot: { reason: 'it gives its folder to its user, and becomes that user' },
      scratch: [{ path: '/srv/data', size: Size.mebibytes(8), medium: 'disk' }],
    });
    const scribe = new Backend(this, 'scribe', {
      ...program('scribe'),
      root: 'writable',
      scratch: [{ path: '/srv/seeds', size: Size.mebibytes(8), medium: 'disk', content: 'image' }],
    });
    const web = new Backend(this, 'web', {
      image: 'nginxinc/nginx-unprivileged:1.27',
      port: 80,
      user: { uid: 101, gid: 101 },
      scratch: ['/tmp', '/var/cache/nginx', '/var/run'].map((path) => ({
        path,
        size: Size.mebibytes(8),
        medium: 'disk',
      })),
      health: Health.http('/'),
      files: {
        '/etc/nginx/conf.d/default.conf':
          'server { listen 80; location / { return 200 "carried on port 80\\n"; } }\n',
      },
    });
    const bare = new Backend(this, 'bare', {
      image: Image.build('bare'),
      port: 8080,
      health: Health.command(['/python', '/server.py', 'check']),
      grace: Duration.seconds(2),
      waitsFor: [web],
    });
    const main: Backend = new Backend(this, 'main', {
      ...program('main'),
      ports: { metrics: 9100, echo: { number: 9053, protocol: 'udp' } },
      publish: { http: 18150, echo: 18153 },
      replicas: 1,
      internet: { ports: [443] },
      sharedVolumes: [{ volume: media, path: '/srv/media' }],
      files: {
        '/srv/files/added.txt': 'from the stack\n',
        '/srv/files/hello': { content: '#!/bin/sh\necho hello\n', mode: '0755' },
      },
      secretFiles: { '/srv/files/token': Secret.random('TOKEN') },
      env: {
        DATABASE_URL: database.url,
        REPORTS_URL: database.at('reports').url,
        QUEUE_URL: queue.url,
        ROOTED_URL: rooted.url,
        SCRIBE_URL: scribe.url,
        WEB_URL: web.url,
        BARE_URL: bare.url,
        READER_URL: later(() => reader.url),
        OPTIONAL: Secret.named('OPTIONAL', { default: 'the default' }),
        DOMAIN: this.text('DOMAIN', 'localhost'),
      },
    });
    const reader: Backend = new Backend(this, 'reader', {
      ...program('reader'),
      sharedVolumes: [{ volume: media, path: '/srv/media', access: 'read-only' }],
      env: { METRICS_URL: main.at('metrics').url },
    });
  }
}

export default defineStack(Wide, {
  dev: docker({
    secrets: envFile(),
    toolbox: 'python:3.13-slim',
    components: { main: { expose: { http: hostPort(18150), echo: hostPort(18153) } } },
  }),
  staging: kubernetes({
    namespace: 'wide-e2e',
    registry: 'registry.example.com',
    secrets: envFile(),
    // The image that stands in for busybox, for who waits and has no shell.
    toolbox: 'python:3.13-slim',
    accept: ['privilege'],
    sharedStorage: readWriteMany({ storageClass: 'shared' }),
    texts: { DOMAIN: 'wide.example.com' },
    components: { main: { expose: { http: nodePort(30150), echo: nodePort(30153) } } },
  }),
});
