import { Application, Backend, Image, Size, type Environment } from 'catamaran';
import { built, publishes, sources } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class ApachePhp extends Application {
  constructor(environment: Environment) {
    super('apache-php', environment, { folder: __dirname });
    new Backend(this, 'web', {
      image: Image.build('app', { target: 'builder' }),
      port: 80,
      publish: 80,
      user: { uid: 33, gid: 33 },
      scratch: [
        { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
        { path: '/var/run/apache2', size: Size.mebibytes(8), medium: 'disk' },
      ],
    });
  }
}

export const apachePhp: CorpusEntry = {
  application: ApachePhp,
  onDocker: dev({ components: { web: { bindMounts: [{ folder: 'app', path: '/var/www/html' }] } } }),
  onKubernetes: staging(),
  table: {
    'web.build.context': built('web', 'context', 'app'),
    'web.build.target': built('web', 'target', 'builder'),
    'web.ports[0]': publishes('web', 80, 80),
    'web.volumes[0]': sources('web', 'app', '/var/www/html'),
  },
};
