import { Duration, MariadbDatabase, type Application } from 'catamaran';
import {
  argument,
  checked,
  checkedEvery,
  image,
  restarts,
  retries,
  secretFile,
  startPeriod,
  variable,
  volume,
} from './carriers';
import type { Carrier } from './entry';

/** The database that four applications have: MariaDB, whose administrator is the user of the application. */
export function mariadb(application: Application, tag: string, args: readonly string[]): MariadbDatabase {
  return new MariadbDatabase(application, 'db', {
    image: `mariadb:${tag}`,
    username: 'root',
    database: 'example',
    args,
    health: {
      every: Duration.seconds(3),
      retries: 5,
      startPeriod: Duration.seconds(30),
    },
  });
}

/** What carries the keys of that database. */
export function mariadbTable(tag: string): Readonly<Record<string, Carrier>> {
  const password = secretFile('db', '/run/secrets/database/password', 'DB_PASSWORD');
  return {
    'db.image': image('db', `mariadb:${tag}`),
    'db.restart': restarts('db'),
    'db.healthcheck.test': checked('db'),
    'db.healthcheck.interval': checkedEvery('db', 3),
    'db.healthcheck.retries': retries('db', 5),
    'db.healthcheck.start_period': startPeriod('db', 30),
    'db.secrets[0]': password,
    'db.volumes[0]': volume('db', '/var/lib/mysql'),
    'db.environment.MYSQL_DATABASE': variable('db', 'MARIADB_DATABASE', 'example'),
    'db.environment.MYSQL_ROOT_PASSWORD_FILE': variable(
      'db',
      'MARIADB_ROOT_PASSWORD_FILE',
      '/run/secrets/database/password',
    ),
    'volumes.db-data': volume('db', '/var/lib/mysql'),
    'secrets.db-password.file': password,
  };
}

/** The argument of the two applications with Go and ASP.NET. */
export const nativePassword = '--default-authentication-plugin=mysql_native_password';
export const nativePasswordTable = { 'db.command': argument('db', nativePassword) };
