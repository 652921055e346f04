import type { Construct } from 'constructs';
import { Database, type DatabaseProps } from './database';
import { Size } from '../../model/units';
import { mysqlEngine } from './mysql';

/** @see https://hub.docker.com/_/mariadb */
const mariadb = mysqlEngine(
  {
    image: 'mariadb:11.4',
    prefix: 'MARIADB',
    programs: { admin: 'mariadb-admin', client: 'mariadb', dump: 'mariadb-dump' },
    // The client can verify the server's self-signed certificate only with a password, and the check has none.
    pingOptions: ['--skip-ssl-verify-server-cert'],
  },
  Size.mebibytes(512),
);

/**
 * A MariaDB database. The default image is mariadb:11.4, the default user `app`.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const database = new MariadbDatabase(this, 'database', { storage: Size.gibibytes(8) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
 */
export class MariadbDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, mariadb, props);
  }
}
