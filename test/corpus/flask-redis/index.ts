import { Application, Backend, Cache, Image, type Environment } from 'catamaran';
import { built, image, publishedForDevelopment, publishes, sources, stops, waits } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';
import { hostPort } from 'catamaran';

class FlaskRedis extends Application {
  constructor(environment: Environment) {
    super('flask-redis', environment, { folder: __dirname });
    const redis = new Cache(this, 'redis', {
      image: 'redislabs/redismod:latest',
      noPassword: { reason: 'the program connects without a password' },
    });
    new Backend(this, 'web', {
      image: Image.build('.', { target: 'builder' }),
      port: 8000,
      publish: 8000,
      // Flask stops at SIGINT.
      stopSignal: 'SIGINT',
      // The host name redis stands in the source.
      connectsTo: [redis],
      waitsFor: [redis],
    });
  }
}

export const flaskRedis: CorpusEntry = {
  application: FlaskRedis,
  onDocker: dev({
    components: {
      redis: { expose: hostPort(6379) },
      web: { bindMounts: [{ folder: '.', path: '/code', access: 'read-write' }] },
    },
  }),
  onKubernetes: staging(),
  table: {
    'redis.image': image('redis', 'redislabs/redismod:latest'),
    'redis.ports[0]': publishedForDevelopment('redis', 6379),
    'web.build.context': built('web', 'context', '.'),
    'web.build.target': built('web', 'target', 'builder'),
    'web.stop_signal': stops('web', 'SIGINT'),
    'web.ports[0]': publishes('web', 8000, 8000),
    'web.volumes[0]': sources('web', '.', '/code'),
    'web.depends_on.redis': waits('web', 'redis'),
  },
};
