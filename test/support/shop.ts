import {
  Backend,
  Cache,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  type Application,
  type BackendProps,
  type MigrationProps,
} from 'catamaran';
import type { Build } from './application';

/** More props for the components of a shop. */
export interface ShopProps {
  readonly api?: Partial<BackendProps>;
  readonly migration?: Partial<MigrationProps>;
}

/** Adds a shop: a backend `api`, which starts after the `migration` of its `database`. */
export function addShop(app: Application, { api, migration }: ShopProps = {}): Backend {
  const database = new PostgresDatabase(app, 'database');
  const env = { DATABASE_URL: database.url };
  const first = new Migration(app, 'migration', {
    image: 'api:1.0',
    command: ['up'],
    check: ['ok'],
    env,
    ...migration,
  });
  return new Backend(app, 'api', {
    image: 'api:1.0',
    port: 8000,
    waitsFor: [first],
    ...api,
    env: { ...env, ...api?.env },
  });
}

/** A shop with a cache, behind a proxy. */
export const shop: Build = (app) => {
  const cache = new Cache(app, 'cache');
  const api = addShop(app, { api: { env: { CACHE_URL: cache.url } } });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
};
