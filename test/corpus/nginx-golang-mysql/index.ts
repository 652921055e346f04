import { Application, Backend, Image, type Environment } from 'catamaran';
import { built, file, image, onlyInside, publishes, secretFile, waits } from '../carriers';
import type { CorpusEntry } from '../entry';
import { corpusText, withReferences } from '../files';
import { mariadb, mariadbTable, nativePassword, nativePasswordTable } from '../mariadb';
import { nginxProps } from '../nginx';
import { dev, staging } from '../places';

const source = 'nginx-golang-mysql/proxy/nginx.conf';
const path = '/etc/nginx/conf.d/default.conf';

class GolangMysql extends Application {
  constructor(environment: Environment) {
    super('nginx-golang-mysql', environment, { folder: __dirname });
    const db = mariadb(this, '10-focal', [nativePassword]);
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend', { target: 'builder' }),
      port: 8000,
      secretFiles: { '/run/secrets/db-password': db.password },
    });
    new Backend(this, 'proxy', {
      image: 'nginx:1.29',
      port: 80,
      publish: 80,
      files: { [path]: withReferences(source, { 'http://backend:8000': backend.url }) },
      waitsFor: [backend],
      ...nginxProps,
    });
  }
}

const mounted = file('proxy', path, corpusText(source));

export const golangMysql: CorpusEntry = {
  application: GolangMysql,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    ...mariadbTable('10-focal'),
    ...nativePasswordTable,
    'db.expose[0]': onlyInside('db'),
    'backend.build.context': built('backend', 'context', 'backend'),
    'backend.build.target': built('backend', 'target', 'builder'),
    'backend.secrets[0]': secretFile('backend', '/run/secrets/db-password', 'DB_PASSWORD'),
    'backend.depends_on.db.condition': waits('backend', 'db'),
    'proxy.image': image('proxy', 'nginx:1.29'),
    'proxy.volumes[0].type': mounted,
    'proxy.volumes[0].source': mounted,
    'proxy.volumes[0].target': mounted,
    'proxy.volumes[0].read_only': mounted,
    'proxy.ports[0]': publishes('proxy', 80, 80),
    'proxy.depends_on.backend': waits('proxy', 'backend'),
  },
};
