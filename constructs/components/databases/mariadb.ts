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
    // Without a password there is nothing to tell the server's own certificate by.
    pingOptions: ['--skip-ssl-verify-server-cert'],
  },
  Size.mebibytes(512),
);

/** MariaDB. Image mariadb:11.4 and user `app` by default. */
export class MariadbDatabase extends Database {
  constructor(scope: Construct, id: string, props: DatabaseProps = {}) {
    super(scope, id, mariadb, props);
  }
}
