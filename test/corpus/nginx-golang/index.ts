import { Application, Backend, Image, type Environment } from 'catamaran';
import { built, file, image, publishes, waits } from '../carriers';
import type { CorpusEntry } from '../entry';
import { corpusText, withReferences } from '../files';
import { nginxProps } from '../nginx';
import { dev, staging } from '../places';

const source = 'nginx-golang/proxy/nginx.conf';
const path = '/etc/nginx/conf.d/default.conf';

class Golang extends Application {
  constructor(environment: Environment) {
    super('nginx-golang', environment, { folder: __dirname });
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend', { target: 'builder' }),
      port: 80,
    });
    new Backend(this, 'proxy', {
      image: 'nginx:1.29',
      port: 80,
      publish: 80,
      files: { [path]: withReferences(source, { 'http://backend:80': backend.url }) },
      waitsFor: [backend],
      ...nginxProps,
    });
  }
}

const mounted = file('proxy', path, corpusText(source));

export const golang: CorpusEntry = {
  application: Golang,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    'proxy.image': image('proxy', 'nginx:1.29'),
    'proxy.volumes[0].type': mounted,
    'proxy.volumes[0].source': mounted,
    'proxy.volumes[0].target': mounted,
    'proxy.volumes[0].read_only': mounted,
    'proxy.ports[0]': publishes('proxy', 80, 80),
    'proxy.depends_on.backend': waits('proxy', 'backend'),
    'backend.build.context': built('backend', 'context', 'backend'),
    'backend.build.target': built('backend', 'target', 'builder'),
  },
};
