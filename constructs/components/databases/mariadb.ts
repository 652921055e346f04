import type { Construct } from 'constructs';
import type { DatabaseKind } from './engine';
import { Size } from '../../model/units';
import { mysqlEngine } from './mysql';
import { mariadbNames, mysqlImageProblem } from './mysql-images';
import { mariadbOwnOptions } from './mysql-options';
import type { SqlEngine } from './several';
import { SqlDatabase, type SqlDatabaseProps } from './sql-database';

/** @see https://hub.docker.com/_/mariadb */
const mariadb: DatabaseKind<SqlEngine> = {
  program: 'MariaDB',
  image: 'mariadb:11.4',
  names: ['mariadb'],
  usualVersion: '11.4',
  imageProblem: mysqlImageProblem,
  engine: (image) =>
    mysqlEngine(image, {
      names: mariadbNames(image),
      memory: Size.mebibytes(512),
      ownOptions: mariadbOwnOptions,
    }),
};

/**
 * A MariaDB database. The default image is mariadb:11.4, the default user `app`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new MariadbDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class MariadbDatabase extends SqlDatabase {
  constructor(scope: Construct, id: string, props: SqlDatabaseProps = {}) {
    super(scope, id, mariadb, props);
  }
}
