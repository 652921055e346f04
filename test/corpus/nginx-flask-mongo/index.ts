import { Application, Backend, Image, MongoDatabase, Size, type Environment } from 'catamaran';
import { built, command, file, image, publishes, sources, stops, variable, waits } from '../carriers';
import type { CorpusEntry } from '../entry';
import { corpusText } from '../files';
import { nginxProps } from '../nginx';
import { dev, staging } from '../places';

const start = "envsubst < /srv/nginx.conf > /etc/nginx/conf.d/default.conf && nginx -g 'daemon off;'";
const configuration = corpusText('nginx-flask-mongo/nginx/nginx.conf');

class FlaskMongo extends Application {
  constructor(environment: Environment) {
    super('nginx-flask-mongo', environment, { folder: __dirname });
    const mongo = new MongoDatabase(this, 'mongo', {
      image: 'mongo:7.0',
      noPassword: { reason: 'the program connects without a password' },
    });
    const backend = new Backend(this, 'backend', {
      image: Image.build('flask', { target: 'builder' }),
      port: 9091,
      // Flask stops at SIGINT.
      stopSignal: 'SIGINT',
      env: { FLASK_SERVER_PORT: 9091 },
      connectsTo: [mongo],
      waitsFor: [mongo],
    });
    new Backend(this, 'web', {
      image: 'nginx:1.29',
      ...nginxProps,
      port: 80,
      publish: 80,
      args: ['/bin/bash', '-c', start],
      files: { '/srv/nginx.conf': configuration },
      env: { FLASK_SERVER_ADDR: backend.endpoint },
      // Its command writes the configuration at each start.
      scratch: [
        ...nginxProps.scratch,
        { path: '/etc/nginx/conf.d', size: Size.mebibytes(1), medium: 'disk', content: 'image' },
      ],
    });
  }
}

export const flaskMongo: CorpusEntry = {
  application: FlaskMongo,
  onDocker: dev({ components: { backend: { bindMounts: [{ folder: 'flask', path: '/src' }] } } }),
  onKubernetes: staging(),
  table: {
    'web.image': image('web', 'nginx:1.29'),
    // Not in /tmp, where the program has a writable folder.
    'web.volumes[0]': file('web', '/srv/nginx.conf', configuration),
    'web.environment.FLASK_SERVER_ADDR': variable('web', 'FLASK_SERVER_ADDR', 'backend:9091'),
    'web.command': command('web', ['/bin/bash', '-c', start]),
    'web.ports[0]': publishes('web', 80, 80),
    'web.depends_on.backend': waits('web', 'backend'),
    'backend.build.context': built('backend', 'context', 'flask'),
    'backend.build.target': built('backend', 'target', 'builder'),
    'backend.stop_signal': stops('backend', 'SIGINT'),
    'backend.environment.FLASK_SERVER_PORT': variable('backend', 'FLASK_SERVER_PORT', '9091'),
    'backend.volumes[0]': sources('backend', 'flask', '/src'),
    'backend.depends_on.mongo': waits('backend', 'mongo'),
    'mongo.image': image('mongo', 'mongo:7.0'),
  },
};
