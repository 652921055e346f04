import { Application, Backend, Image, Size, type Environment } from 'catamaran';
import {
  built,
  connected,
  imageFolder,
  onlyReachableAt,
  publishes,
  restarts,
  secretFile,
  sources,
  variable,
  waits,
} from '../carriers';
import type { CorpusEntry } from '../entry';
import { mariadb, mariadbTable } from '../mariadb';
import { dev, staging } from '../places';

class ReactJava extends Application {
  constructor(environment: Environment) {
    super('react-java-mysql', environment, { folder: __dirname });
    const db = mariadb(this, '10.6.4-focal', []);
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 8080,
      memory: Size.mebibytes(512),
      secretFiles: { '/run/secrets/db-password': db.password },
      env: { MYSQL_HOST: db.host },
    });
    new Backend(this, 'frontend', {
      image: Image.build('frontend', { target: 'development' }),
      port: 3000,
      publish: 3000,
      user: { uid: 1000, gid: 1000 },
      memory: Size.mebibytes(512),
      connectsTo: [backend],
      waitsFor: [backend],
      scratch: [
        { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' },
        { path: '/project/node_modules', size: Size.gibibytes(1), medium: 'disk', content: 'image' },
      ],
    });
  }
}

export const reactJava: CorpusEntry = {
  application: ReactJava,
  onDocker: dev({
    components: { frontend: { bindMounts: [{ folder: 'frontend/src', path: '/code/src' }] } },
  }),
  onKubernetes: staging(),
  table: {
    ...mariadbTable('10.6.4-focal'),
    'db.networks.spring-mysql': connected('backend', 'db'),
    'backend.build': built('backend', 'context', 'backend'),
    'backend.restart': restarts('backend'),
    'backend.secrets[0]': secretFile('backend', '/run/secrets/db-password', 'DB_PASSWORD'),
    'backend.environment.MYSQL_HOST': variable('backend', 'MYSQL_HOST', 'db'),
    'backend.networks.react-spring': connected('frontend', 'backend'),
    'backend.networks.spring-mysql': connected('backend', 'db'),
    'backend.depends_on.db.condition': waits('backend', 'db'),
    'frontend.build.context': built('frontend', 'context', 'frontend'),
    'frontend.build.target': built('frontend', 'target', 'development'),
    'frontend.ports[0]': publishes('frontend', 3000, 3000),
    'frontend.volumes[0]': sources('frontend', 'frontend/src', '/code/src'),
    'frontend.volumes[1]': imageFolder('frontend', '/project/node_modules'),
    'frontend.networks.react-spring': connected('frontend', 'backend'),
    'frontend.depends_on.backend': waits('frontend', 'backend'),
    // Ports of MySQL that the frontend does not listen at: a mistake of the file. Nothing opens them.
    'frontend.expose[0]': onlyReachableAt('frontend', [3000]),
    'frontend.expose[1]': onlyReachableAt('frontend', [3000]),
    'networks.react-spring': connected('frontend', 'backend'),
    'networks.spring-mysql': connected('backend', 'db'),
  },
};
