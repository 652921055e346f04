import { Application, Backend, Image, PostgresDatabase, Size, type Environment } from 'catamaran';
import {
  built,
  connected,
  image,
  onlyInside,
  publishes,
  restarts,
  secretFile,
  variable,
  volume,
} from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class SpringPostgres extends Application {
  constructor(environment: Environment) {
    super('spring-postgres', environment, { folder: __dirname });
    const db = new PostgresDatabase(this, 'db', { username: 'postgres', database: 'example' });
    new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 8080,
      publish: 8080,
      memory: Size.mebibytes(512),
      env: { POSTGRES_DB: db.database },
    });
  }
}

const password = secretFile('db', '/run/secrets/database/password', 'DB_PASSWORD');

export const springPostgres: CorpusEntry = {
  application: SpringPostgres,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    'backend.build': built('backend', 'context', 'backend'),
    'backend.ports[0]': publishes('backend', 8080, 8080),
    'backend.environment.POSTGRES_DB': variable('backend', 'POSTGRES_DB', 'example'),
    'backend.networks.spring-postgres': connected('backend', 'db'),
    'db.image': image('db', 'postgres:17'),
    'db.restart': restarts('db'),
    'db.secrets[0]': password,
    'db.volumes[0]': volume('db', '/var/lib/postgresql/data'),
    'db.networks.spring-postgres': connected('backend', 'db'),
    'db.environment.POSTGRES_DB': variable('db', 'POSTGRES_DB', 'example'),
    'db.environment.POSTGRES_PASSWORD_FILE': variable(
      'db',
      'POSTGRES_PASSWORD_FILE',
      '/run/secrets/database/password',
    ),
    'db.expose[0]': onlyInside('db'),
    'volumes.db-data': volume('db', '/var/lib/postgresql/data'),
    'secrets.db-password.file': password,
    'networks.spring-postgres': connected('backend', 'db'),
  },
};
