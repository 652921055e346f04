import { parseVersion, isAtLeast, type Version } from '../../model/version';
import type { User } from '../../model/workload';
import type { StoreImage } from './store-image';

/** Images with other variables, folders or programs than the official one. */
const others: Readonly<Record<string, string>> = {
  'bitnami/postgresql': 'postgres:17',
  'bitnamilegacy/postgresql': 'postgres:17',
  'cloudnative-pg/postgresql': 'postgres:17',
  'kartoza/postgis': 'postgis/postgis:17-3.5',
  'timescale/timescaledb-ha': 'timescale/timescaledb:latest-pg17',
  'zalando/spilo': 'postgres:17',
};

/** Images that are made from Alpine, although their tags do not say so. */
const alpine = ['timescale/timescaledb'];

/** The names of images whose tags start with the version of PostgreSQL. */
export const postgresNames = ['postgres', 'postgis'];

/** The version in the tag of a relative of the official image: 17 in `0.8.0-pg17`. */
export function postgresVersionIn(tag: string): Version | undefined {
  return parseVersion(/(?:^|-)pg(\d+(?:\.\d+)?)(?![\d.])/.exec(tag)?.[1] ?? '');
}

/** What to write instead of an image that differs from the official one; undefined if it does not. */
export function postgresImageProblem({ repository }: StoreImage): string | undefined {
  const similar = Object.hasOwn(others, repository) ? others[repository] : undefined;
  if (similar === undefined) return undefined;
  return `${similar}, because this image has other variables and folders than the official one; or run it as a Backend with volumes`;
}

/** The user of an image: uid 70 on Alpine. initdb needs a user with a name. */
export function postgresUser({ repository, tag }: StoreImage): User {
  const id = alpine.includes(repository) || /(?:^|-)alpine/.test(tag) ? 70 : 999;
  return { uid: id, gid: id, binding: 'named' };
}

/** The folder of the volume, and the folder of the data in it. */
export interface PostgresLayout {
  readonly volume: string;
  readonly data: string;
}

/**
 * Since version 18, the volume is one folder higher. The data is in the same folder of the volume as before, so that a
 * server of another version finds it, and stops with a message: it would start with an empty database in a new folder.
 * @see https://github.com/docker-library/postgres/pull/1259
 */
export function postgresLayout({ version }: StoreImage): PostgresLayout {
  const volume =
    version !== undefined && isAtLeast(version, [18]) ? '/var/lib/postgresql' : '/var/lib/postgresql/data';
  return { volume, data: `${volume}/pgdata` };
}
