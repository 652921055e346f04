import { Application, Backend, PostgresDatabase, type Environment } from 'catamaran';
import { image, onlyInside, publishes, restarts, secretFile, variable, volume } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class Nextcloud extends Application {
  constructor(environment: Environment) {
    super('nextcloud', environment, { folder: __dirname });
    const db = new PostgresDatabase(this, 'db', {
      image: 'postgres:17-alpine',
      username: 'nextcloud',
      database: 'nextcloud',
    });
    new Backend(this, 'nc', {
      image: 'nextcloud:31-apache',
      port: 80,
      publish: 80,
      runsAsRoot: { reason: 'the entrypoint copies the program into the volume as root' },
      root: 'writable',
      volumes: { data: { path: '/var/www/html' } },
      env: {
        POSTGRES_HOST: db.host,
        POSTGRES_PASSWORD: db.password,
        POSTGRES_DB: db.database,
        POSTGRES_USER: db.username,
      },
    });
  }
}

export const nextcloud: CorpusEntry = {
  application: Nextcloud,
  onDocker: dev(),
  onKubernetes: staging({ accept: ['privilege'] }),
  table: {
    'nc.image': image('nc', 'nextcloud:31-apache'),
    'nc.environment.POSTGRES_HOST': variable('nc', 'POSTGRES_HOST', 'db'),
    'nc.environment.POSTGRES_PASSWORD': variable('nc', 'POSTGRES_PASSWORD', '<DB_PASSWORD>'),
    'nc.environment.POSTGRES_DB': variable('nc', 'POSTGRES_DB', 'nextcloud'),
    'nc.environment.POSTGRES_USER': variable('nc', 'POSTGRES_USER', 'nextcloud'),
    'nc.ports[0]': publishes('nc', 80, 80),
    'nc.restart': restarts('nc'),
    'nc.volumes[0]': volume('nc', '/var/www/html'),
    'db.image': image('db', 'postgres:17-alpine'),
    'db.environment.POSTGRES_PASSWORD': secretFile('db', '/run/secrets/database/password', 'DB_PASSWORD'),
    'db.environment.POSTGRES_DB': variable('db', 'POSTGRES_DB', 'nextcloud'),
    'db.environment.POSTGRES_USER': variable('db', 'POSTGRES_USER', 'nextcloud'),
    'db.restart': restarts('db'),
    'db.volumes[0]': volume('db', '/var/lib/postgresql/data'),
    'db.expose[0]': onlyInside('db'),
    'volumes.db_data': volume('db', '/var/lib/postgresql/data'),
    'volumes.nc_data': volume('nc', '/var/www/html'),
  },
};
