import { Backend, PostgresDatabase } from 'catamaran';
import { containerOf, serviceOf } from '../support/written';
import { both, proveEach } from './support';

export const stores = proveEach({
  authentication() {
    const { docker, kubernetes } = both((app) => {
      const noPassword = { reason: 'the data is public' };
      const database = new PostgresDatabase(app, 'database', { noPassword });
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.url } });
    });
    const trusted = { POSTGRES_HOST_AUTH_METHOD: 'trust', POSTGRES_PASSWORD: '' };
    expect(serviceOf(docker, 'database').environment).toMatchObject(trusted);
    const variables = containerOf(kubernetes, 'database').env?.map(({ name, value }) => [name, value ?? '']);
    expect(Object.fromEntries(variables ?? [])).toMatchObject(trusted);
    const url = 'postgresql://app@database:5432/shop';
    expect(serviceOf(docker, 'api').environment).toEqual({ URL: url });
    expect(containerOf(kubernetes, 'api').env).toEqual([{ name: 'URL', value: url }]);
    for (const { model } of [docker, kubernetes]) expect(model.secrets).toEqual([]);
  },
});
