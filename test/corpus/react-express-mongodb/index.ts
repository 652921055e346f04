import { Application, Backend, Image, MongoDatabase, Size, type Environment } from 'catamaran';
import {
  built,
  connected,
  image,
  imageFolder,
  keepsInputOpen,
  onlyInside,
  publishes,
  restarts,
  sources,
  volume,
  waits,
} from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

const modules = '/usr/src/app/node_modules';
const development = {
  user: { uid: 1000, gid: 1000 },
  memory: Size.mebibytes(512),
  scratch: [
    { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
    { path: modules, size: Size.gibibytes(1), medium: 'disk', content: 'image' },
  ],
} as const;

class ReactExpress extends Application {
  constructor(environment: Environment) {
    super('react-express-mongodb', environment, { folder: __dirname });
    const mongo = new MongoDatabase(this, 'mongo', {
      image: 'mongo:4.2.0',
      noPassword: { reason: 'the program connects without a password' },
    });
    const backend = new Backend(this, 'backend', {
      ...development,
      image: Image.build('backend', { target: 'development' }),
      port: 3000,
      // The host name mongo stands in the source.
      connectsTo: [mongo],
      waitsFor: [mongo],
    });
    new Backend(this, 'frontend', {
      ...development,
      image: Image.build('frontend', { target: 'development' }),
      port: 3000,
      publish: 3000,
      stdin: true,
      connectsTo: [backend],
      waitsFor: [backend],
    });
  }
}

function bind(folder: string) {
  return { bindMounts: [{ folder, path: '/usr/src/app', access: 'read-write' } as const] };
}

export const reactExpress: CorpusEntry = {
  application: ReactExpress,
  onDocker: dev({ components: { frontend: bind('frontend'), backend: bind('backend') } }),
  onKubernetes: staging(),
  table: {
    'frontend.build.context': built('frontend', 'context', 'frontend'),
    'frontend.build.target': built('frontend', 'target', 'development'),
    'frontend.ports[0]': publishes('frontend', 3000, 3000),
    'frontend.stdin_open': keepsInputOpen('frontend'),
    'frontend.volumes[0]': sources('frontend', 'frontend', '/usr/src/app'),
    'frontend.volumes[1]': imageFolder('frontend', modules),
    'frontend.restart': restarts('frontend'),
    'frontend.networks.react-express': connected('frontend', 'backend'),
    'frontend.depends_on.backend': waits('frontend', 'backend'),
    'backend.restart': restarts('backend'),
    'backend.build.context': built('backend', 'context', 'backend'),
    'backend.build.target': built('backend', 'target', 'development'),
    'backend.volumes[0]': sources('backend', 'backend', '/usr/src/app'),
    'backend.volumes[1]': imageFolder('backend', modules),
    'backend.depends_on.mongo': waits('backend', 'mongo'),
    'backend.networks.express-mongo': connected('backend', 'mongo'),
    'backend.networks.react-express': connected('frontend', 'backend'),
    'backend.expose[0]': onlyInside('backend'),
    'mongo.restart': restarts('mongo'),
    'mongo.image': image('mongo', 'mongo:4.2.0'),
    'mongo.volumes[0]': volume('mongo', '/data/db'),
    'mongo.networks.express-mongo': connected('backend', 'mongo'),
    'mongo.expose[0]': onlyInside('mongo'),
    'networks.react-express': connected('frontend', 'backend'),
    'networks.express-mongo': connected('backend', 'mongo'),
    'volumes.mongo_data': volume('mongo', '/data/db'),
  },
};
