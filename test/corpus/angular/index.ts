import { Application, Backend, Image, Size, type Environment } from 'catamaran';
import { built, imageFolder, publishes, sources } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class Angular extends Application {
  constructor(environment: Environment) {
    super('angular', environment, { folder: __dirname });
    new Backend(this, 'web', {
      image: Image.build('angular', { target: 'builder' }),
      port: 4200,
      publish: 4200,
      user: { uid: 1000, gid: 1000 },
      memory: Size.gibibytes(1),
      scratch: [
        { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
        { path: '/project/node_modules', size: Size.gibibytes(1), medium: 'disk', content: 'image' },
      ],
    });
  }
}

export const angular: CorpusEntry = {
  application: Angular,
  onDocker: dev({
    components: {
      web: { bindMounts: [{ folder: 'angular', path: '/project', access: 'read-write' }] },
    },
  }),
  onKubernetes: staging(),
  table: {
    'web.build.context': built('web', 'context', 'angular'),
    'web.build.target': built('web', 'target', 'builder'),
    'web.ports[0]': publishes('web', 4200, 4200),
    'web.volumes[0]': sources('web', 'angular', '/project'),
    'web.volumes[1]': imageFolder('web', '/project/node_modules'),
  },
};
