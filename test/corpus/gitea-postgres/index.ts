import { Application, Backend, PostgresDatabase, type Environment } from 'catamaran';
import { image, onlyInside, publishes, restarts, secretFile, variable, volume } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class Gitea extends Application {
  constructor(environment: Environment) {
    super('gitea-postgres', environment, { folder: __dirname });
    const db = new PostgresDatabase(this, 'db', {
      image: 'postgres:17-alpine',
      username: 'gitea',
      database: 'gitea',
    });
    new Backend(this, 'gitea', {
      image: 'gitea/gitea:1.24',
      port: 3000,
      publish: 3000,
      runsAsRoot: { reason: 's6 starts as root and switches to the user git' },
      root: 'writable',
      volumes: { data: { path: '/data' } },
      env: {
        DB_TYPE: 'postgres',
        DB_HOST: db.endpoint,
        DB_NAME: db.database,
        DB_USER: db.username,
        DB_PASSWD: db.password,
      },
    });
  }
}

export const gitea: CorpusEntry = {
  application: Gitea,
  onDocker: dev(),
  onKubernetes: staging({ accept: ['privilege'] }),
  table: {
    'gitea.image': image('gitea', 'gitea/gitea:1.24'),
    'gitea.environment.DB_TYPE': variable('gitea', 'DB_TYPE', 'postgres'),
    'gitea.environment.DB_HOST': variable('gitea', 'DB_HOST', 'db:5432'),
    'gitea.environment.DB_NAME': variable('gitea', 'DB_NAME', 'gitea'),
    'gitea.environment.DB_USER': variable('gitea', 'DB_USER', 'gitea'),
    'gitea.environment.DB_PASSWD': variable('gitea', 'DB_PASSWD', '<DB_PASSWORD>'),
    'gitea.restart': restarts('gitea'),
    'gitea.volumes[0]': volume('gitea', '/data'),
    'gitea.ports[0]': publishes('gitea', 3000, 3000),
    'db.image': image('db', 'postgres:17-alpine'),
    'db.environment.POSTGRES_USER': variable('db', 'POSTGRES_USER', 'gitea'),
    'db.environment.POSTGRES_PASSWORD': secretFile('db', '/run/secrets/database/password', 'DB_PASSWORD'),
    'db.environment.POSTGRES_DB': variable('db', 'POSTGRES_DB', 'gitea'),
    'db.restart': restarts('db'),
    'db.volumes[0]': volume('db', '/var/lib/postgresql/data'),
    'db.expose[0]': onlyInside('db'),
    'volumes.db_data': volume('db', '/var/lib/postgresql/data'),
    'volumes.git_data': volume('gitea', '/data'),
  },
};
