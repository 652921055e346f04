import { Backend, PostgresDatabase, ReverseProxy, Route, Secret, type Application } from 'catamaran';
import { modelOfApp, onDocker, workloadOfApp } from '../../support/application';
import { variable } from '../../support/variable';

describe('secrets', () => {
  test('are files in one folder, and variables hold their paths', () => {
    const api = workloadOfApp('api', (app) => {
      const database = new PostgresDatabase(app, 'database');
      const env = {
        API_KEY_FILE: Secret.named('API_KEY').file,
        PASSWORD_FILE: database.password.file,
        SAME_FILE: Secret.named('API_KEY').file,
      };
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
    });
    expect(variable(api, 'API_KEY_FILE')).toBe('/run/secrets/files/API_KEY');
    expect(variable(api, 'SAME_FILE')).toBe('/run/secrets/files/API_KEY');
    expect(variable(api, 'PASSWORD_FILE')).toBe('/run/secrets/files/DATABASE_PASSWORD');
    expect(api.secretFiles).toEqual([
      {
        path: '/run/secrets/files',
        files: { API_KEY: 'API_KEY', DATABASE_PASSWORD: 'DATABASE_PASSWORD' },
      },
    ]);
  });

  test('of a database are mounted beside the secret files of its variables', () => {
    const env = { EXTRA_FILE: Secret.named('EXTRA').file };
    const place = { ...onDocker, components: { database: { env } } };
    const { secretFiles } = workloadOfApp('database', (app) => new PostgresDatabase(app, 'database'), place);
    expect(secretFiles).toEqual([
      { path: '/run/secrets/files', files: { EXTRA: 'EXTRA' } },
      { path: '/run/secrets/database', files: { password: 'DATABASE_PASSWORD' } },
    ]);
  });

  test('may be generated if the component allows it and no managed service has chosen them', () => {
    const build = (app: Application) => {
      const database = new PostgresDatabase(app, 'database');
      const env = {
        DATABASE_URL: database.url,
        SESSION_KEY: Secret.random('SESSION_KEY'),
        SIGNING_KEY_FILE: Secret.random('SIGNING_KEY').file,
        ...Secret.variables('API_KEY'),
      };
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
      const route = (path: string, password: Secret) =>
        Route.path(path, api, { auth: { user: 'ops', password } });
      const routes = [
        route('/', Secret.random('PROXY_PASSWORD')),
        route('/admin', Secret.named('ADMIN_PASSWORD')),
      ];
      new ReverseProxy(app, 'proxy', { routes });
    };
    const random = ['PROXY_PASSWORD', 'SESSION_KEY', 'SIGNING_KEY'];
    expect(modelOfApp(build).randomSecrets).toEqual(['DATABASE_PASSWORD', ...random]);
    const managed = { ...onDocker, components: { database: { managed: { host: 'db.example.com' } } } };
    expect(modelOfApp(build, managed).secrets).toContain('DATABASE_PASSWORD');
    expect(modelOfApp(build, managed).randomSecrets).toEqual(random);
  });
});
