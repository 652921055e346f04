import { isAtLeast, versionText, type Version } from '../../model/version';
import type { OwnChoice } from './engine';
import type { StoreImage } from './store-image';

/** The options that the component sets itself, or that would open the server to everybody. */
const own: readonly OwnChoice[] = [
  {
    names: ['datadir', 'h'],
    write: 'no data folder, because the component knows the folder of its volume',
  },
  { names: ['port'], write: 'no port, because it is always 3306' },
  {
    names: ['bind-address', 'skip-networking'],
    write: 'no address, because the server listens at all addresses of its container',
  },
  { names: ['socket'], write: 'no socket, because the programs of the image know its path' },
  { names: ['user', 'u'], write: 'the prop user' },
  { names: ['skip-grant-tables'], write: 'the prop noPassword' },
];

interface Removed extends OwnChoice {
  /** The first version that does not start with the option. */
  readonly since: Version;
}

/**
 * Options that a version of MySQL does not start with.
 * @see https://dev.mysql.com/doc/refman/8.0/en/added-deprecated-removed.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/added-deprecated-removed.html
 */
const removed: readonly Removed[] = [
  {
    since: [8, 4],
    names: ['default-authentication-plugin'],
    write: '--mysql-native-password=ON, or better no such option and a newer driver',
  },
  { since: [9], names: ['mysql-native-password'], write: 'no such option and a newer driver' },
  { since: [8, 4], names: ['expire-logs-days'], write: '--binlog-expire-logs-seconds=<seconds>' },
  { since: [8, 4], names: ['skip-host-cache'], write: '--host-cache-size=0' },
  {
    since: [8, 4],
    names: ['character-set-client-handshake', 'skip-character-set-client-handshake'],
    write: 'no such option',
  },
  {
    since: [8],
    names: [
      'query-cache-size',
      'query-cache-type',
      'query-cache-limit',
      'innodb-file-format',
      'innodb-large-prefix',
      'secure-auth',
      'old-passwords',
      'sync-frm',
    ],
    write: 'no such option',
  },
];

/** The options that an image of MySQL may not get. */
export function mysqlOwnOptions({ version = [8, 4] }: StoreImage): readonly OwnChoice[] {
  const gone = removed.filter(({ since }) => version[0] !== undefined && isAtLeast(version, since));
  return [
    ...own,
    ...gone.map(({ names, write, since }) => ({
      names,
      write: `${write}, because MySQL ${versionText(since)} and later do not start with it`,
    })),
  ];
}

/** The options that an image of MariaDB may not get. It ignores `default-authentication-plugin`, and warns. */
export const mariadbOwnOptions: readonly OwnChoice[] = [
  ...own,
  {
    names: ['mysql-native-password'],
    write: 'no such option, because MariaDB does not start with it; its users log in as older drivers expect',
  },
];

/** The variables that the component sets itself. */
export function mysqlOwnVariables(prefix: 'MYSQL' | 'MARIADB'): readonly OwnChoice[] {
  const both = (part: string) => [`MYSQL_${part}`, `MARIADB_${part}`];
  return [
    { names: both('USER'), write: 'the prop username' },
    { names: both('DATABASE'), write: 'the prop database' },
    {
      names: [
        ...both('PASSWORD'),
        ...both('ROOT_PASSWORD'),
        ...both('PASSWORD_HASH'),
        ...both('ROOT_PASSWORD_HASH'),
        ...both('RANDOM_ROOT_PASSWORD'),
      ],
      write:
        'nothing, because the password is a secret that is named after the component; or the prop noPassword',
    },
    {
      names: [...both('ALLOW_EMPTY_PASSWORD'), ...both('ALLOW_EMPTY_ROOT_PASSWORD')],
      write: 'the prop noPassword',
    },
    ...(prefix === 'MARIADB' ? [{ names: ['MYSQL_ROOT_HOST'], write: 'MARIADB_ROOT_HOST' }] : []),
    { names: ['MYSQL_TCP_PORT', 'MYSQL_UNIX_PORT'], write: 'nothing, because the port is always 3306' },
  ];
}
