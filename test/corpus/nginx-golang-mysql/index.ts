import { Application, Backend, Image, type Environment } from 'catamaran';
import { built, onlyInside, secretFile, waits } from '../carriers';
import type { CorpusEntry } from '../entry';
import { mariadb, mariadbTable, nativePassword, nativePasswordTable } from '../mariadb';
import { nginxProxy, nginxTable } from '../nginx';
import { dev, staging } from '../places';

const source = 'nginx-golang-mysql/proxy/nginx.conf';

class GolangMysql extends Application {
  constructor(environment: Environment) {
    super('nginx-golang-mysql', environment, { folder: __dirname });
    const db = mariadb(this, '10-focal', [nativePassword]);
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend', { target: 'builder' }),
      port: 8000,
      secretFiles: { '/run/secrets/db-password': db.password },
    });
    nginxProxy(this, backend, source);
  }
}

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
    ...nginxTable(source),
  },
};
