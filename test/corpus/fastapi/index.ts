import { Application, Backend, Image, type Environment } from 'catamaran';
import { built, named, publishes, restarts, variable } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class FastApi extends Application {
  constructor(environment: Environment) {
    super('fastapi', environment, { folder: __dirname });
    new Backend(this, 'api', {
      image: Image.build('.', { target: 'builder' }),
      port: 8000,
      publish: 8000,
      env: { PORT: 8000 },
    });
  }
}

export const fastapi: CorpusEntry = {
  application: FastApi,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    'api.build.context': built('api', 'context', '.'),
    'api.build.target': built('api', 'target', 'builder'),
    'api.container_name': named('api'),
    'api.environment.PORT': variable('api', 'PORT', '8000'),
    'api.ports[0]': publishes('api', 8000, 8000),
    // A server that ends by itself is started again. Compose does not, unless it is told to.
    'api.restart': restarts('api'),
  },
};
