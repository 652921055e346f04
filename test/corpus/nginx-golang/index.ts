import { Application, Backend, Image, type Environment } from 'catamaran';
import { built } from '../carriers';
import type { CorpusEntry } from '../entry';
import { nginxProxy, nginxTable } from '../nginx';
import { dev, staging } from '../places';

const source = 'nginx-golang/proxy/nginx.conf';

class Golang extends Application {
  constructor(environment: Environment) {
    super('nginx-golang', environment, { folder: __dirname });
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend', { target: 'builder' }),
      port: 80,
    });
    nginxProxy(this, backend, source);
  }
}

export const golang: CorpusEntry = {
  application: Golang,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    ...nginxTable(source),
    'backend.build.context': built('backend', 'context', 'backend'),
    'backend.build.target': built('backend', 'target', 'builder'),
  },
};
