import { Application, Backend, MariadbDatabase, type Environment } from 'catamaran';
import { argument, image, onlyInside, publishes, restarts, secretFile, variable, volume } from '../carriers';
import type { CorpusEntry } from '../entry';
import { nativePassword } from '../mariadb';
import { dev, staging } from '../places';

class WordPress extends Application {
  constructor(environment: Environment) {
    super('wordpress-mysql', environment, { folder: __dirname });
    const db = new MariadbDatabase(this, 'db', {
      image: 'mariadb:10.6.4-focal',
      username: 'wordpress',
      database: 'wordpress',
      args: [nativePassword],
    });
    new Backend(this, 'wordpress', {
      image: 'wordpress:6.8-apache',
      port: 80,
      publish: 80,
      runsAsRoot: { reason: 'the entrypoint copies the program as root, and Apache switches to www-data' },
      root: 'writable',
      env: {
        WORDPRESS_DB_HOST: db.host,
        WORDPRESS_DB_USER: db.username,
        WORDPRESS_DB_PASSWORD: db.password,
        WORDPRESS_DB_NAME: db.database,
      },
    });
  }
}

const password = secretFile('db', '/run/secrets/database/password', 'DB_PASSWORD');

export const wordpress: CorpusEntry = {
  application: WordPress,
  onDocker: dev(),
  onKubernetes: staging({ accept: ['privilege'] }),
  table: {
    'db.image': image('db', 'mariadb:10.6.4-focal'),
    'db.command': argument('db', nativePassword),
    'db.volumes[0]': volume('db', '/var/lib/mysql'),
    'db.restart': restarts('db'),
    'db.environment.MYSQL_ROOT_PASSWORD': password,
    'db.environment.MYSQL_DATABASE': variable('db', 'MARIADB_DATABASE', 'wordpress'),
    'db.environment.MYSQL_USER': variable('db', 'MARIADB_USER', 'wordpress'),
    'db.environment.MYSQL_PASSWORD': password,
    'db.expose[0]': onlyInside('db'),
    'db.expose[1]': onlyInside('db'),
    'wordpress.image': image('wordpress', 'wordpress:6.8-apache'),
    'wordpress.ports[0]': publishes('wordpress', 80, 80),
    'wordpress.restart': restarts('wordpress'),
    'wordpress.environment.WORDPRESS_DB_HOST': variable('wordpress', 'WORDPRESS_DB_HOST', 'db'),
    'wordpress.environment.WORDPRESS_DB_USER': variable('wordpress', 'WORDPRESS_DB_USER', 'wordpress'),
    'wordpress.environment.WORDPRESS_DB_PASSWORD': variable(
      'wordpress',
      'WORDPRESS_DB_PASSWORD',
      '<DB_PASSWORD>',
    ),
    'wordpress.environment.WORDPRESS_DB_NAME': variable('wordpress', 'WORDPRESS_DB_NAME', 'wordpress'),
    'volumes.db_data': volume('db', '/var/lib/mysql'),
  },
};
