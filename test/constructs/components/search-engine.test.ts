import { Backend, SearchEngine, Size, type Application } from 'catamaran';
import { modelOfApp, onDocker, onKubernetes, present, workloadOfApp } from '../../support/application';
import { variable } from '../../support/variable';

describe('a search engine', () => {
  const build = (app: Application) => {
    const search = new SearchEngine(app, 'search');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: search.url } });
  };

  test('is one node with a password, and half of its memory as heap', () => {
    const components = { search: { memory: Size.gibibytes(3), storage: Size.gibibytes(9) } };
    const { workloads, secrets } = modelOfApp(build, { ...onDocker, components });
    const [search, api] = workloads;
    expect(variable(present(api), 'URL')).toBe('http://elastic:<SEARCH_PASSWORD>@search:9200');
    expect(secrets).toEqual(['SEARCH_PASSWORD']);
    expect(search).toMatchObject({
      run: 'stateful',
      user: { uid: 1000, gid: 0, binding: 'any' },
      ports: [{ name: 'http', number: 9200 }],
      volumes: [{ path: '/usr/share/elasticsearch/data', size: Size.gibibytes(9) }],
      secretFiles: [{ path: '/run/secrets/search', files: { password: 'SEARCH_PASSWORD' } }],
      variables: {
        ES_JAVA_OPTS: ['-Xms1536m -Xmx1536m'],
        ES_SETTING_DISCOVERY_TYPE: ['single-node'],
        ES_SETTING_XPACK_SECURITY_ENABLED: ['true'],
      },
    });
  });

  test('writes only to its data, its logs and /tmp, which holds a copy of its configuration', () => {
    const search = workloadOfApp('search', build);
    expect(search.scratch.map(({ path }) => path)).toEqual(['/tmp', '/usr/share/elasticsearch/logs']);
    expect(search.variables['ES_PATH_CONF']).toEqual(['/tmp/config']);
    expect(search.entrypoint.at(-1)).toBe(
      'mkdir -p /tmp/config && cp -R /usr/share/elasticsearch/config/. /tmp/config && ' +
        'ELASTIC_PASSWORD="$(cat /run/secrets/search/password)" && export ELASTIC_PASSWORD && ' +
        'exec /usr/local/bin/docker-entrypoint.sh eswrapper',
    );
  });

  test('is reached with TLS if it is a managed service', () => {
    const components = { search: { managed: { host: 'es.example.com', port: 443 } } };
    const { workloads } = modelOfApp(build, { ...onKubernetes, components });
    expect(workloads.map(({ name }) => name)).toEqual(['api']);
    expect(variable(present(workloads[0]), 'URL')).toBe(
      'https://elastic:<SEARCH_PASSWORD>@es.example.com:443',
    );
  });
});
