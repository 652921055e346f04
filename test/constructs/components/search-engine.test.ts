import { Backend, SearchEngine, Size, type Application, type SearchEngineProps } from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  present,
  workloadOfApp,
} from '../../support/application';
import { FakeImage } from '../../support/fake-image';
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

describe('the settings of a search engine', () => {
  const of = (props: SearchEngineProps) =>
    workloadOfApp('search', (app) => new SearchEngine(app, 'search', props));
  const issues = (props: SearchEngineProps) => issuesOfApp((app) => new SearchEngine(app, 'search', props));
  const noPassword = { reason: 'the data is public' };

  /** The lines that the start adds to the configuration, and what it then runs. */
  function started(props: SearchEngineProps) {
    const { entrypoint } = of(props);
    const image = new FakeImage(
      { start: 'echo "$1 with ${ELASTIC_PASSWORD-no password}"' },
      { '/run/secrets/search/password': 'pa$$word\n' },
    );
    image.write({ '/usr/share/elasticsearch/config/elasticsearch.yml': 'a: b\n', '/tmp/other': '' });
    const command = entrypoint.map((part) => part.replace('/usr/local/bin/docker-entrypoint.sh', 'start'));
    const folders = ['/tmp/config', '/usr/share/elasticsearch/config'];
    const { stdout, stderr } = image.run(command, folders);
    expect(stderr).toBe('');
    return { stdout, configuration: image.read('/tmp/config/elasticsearch.yml') };
  }

  test.each(['elasticsearch:7.16.1', 'docker.elastic.co/elasticsearch/elasticsearch:7.17.24'])(
    '%s reads them from its configuration',
    (image) => {
      expect(started({ image })).toEqual({
        stdout: 'eswrapper with pa$$word\n',
        configuration:
          'a: b\ndiscovery.type: "single-node"\nnode.store.allow_mmap: "false"\nxpack.security.enabled: "true"\n' +
          'xpack.security.http.ssl.enabled: "false"\n',
      });
      expect(Object.keys(of({ image }).variables)).toEqual(['ES_JAVA_OPTS', 'ES_PATH_CONF']);
    },
  );

  test('are added from its arguments, whatever they are', () => {
    const args = ['-Ehttp.max_content_length=200mb', '-E cluster.name=it\'s: "a" $name'];
    expect(started({ args }).configuration).toBe(
      'a: b\nhttp.max_content_length: "200mb"\ncluster.name: "it\'s: \\"a\\" $name"\n',
    );
  });

  test('turn users off without a password', () => {
    const search = of({ noPassword });
    expect(search.variables['ES_SETTING_XPACK_SECURITY_ENABLED']).toEqual(['false']);
    expect(search.secretFiles).toEqual([]);
    expect(started({ noPassword }).stdout).toBe('eswrapper with no password\n');
    expect(search.readiness).toMatchObject({
      check: {
        command: [
          ...['sh', '-c'],
          "curl -fsSo /dev/null 'http://127.0.0.1:9200/_cluster/health?wait_for_status=yellow&timeout=2s'",
        ],
      },
    });
    const build = (app: Application) => {
      const { url } = new SearchEngine(app, 'search', { noPassword });
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: url } });
    };
    expect(variable(workloadOfApp('api', build), 'URL')).toBe('http://search:9200');
  });

  test('a heap of the stack replaces that of the component', () => {
    expect(of({ env: { ES_JAVA_OPTS: '-Xms512m -Xmx512m' } }).variables['ES_JAVA_OPTS']).toEqual([
      '-Xms512m -Xmx512m',
    ]);
  });

  test.each<[SearchEngineProps, string]>([
    [
      { args: ['-Ediscovery.type=single-node'] },
      'args has discovery.type, which is not possible here: write nothing in its place, because it is one node already',
    ],
    [
      { args: ['-Expack.security.enabled=false'] },
      'args has xpack.security.enabled, which is not possible here: write the prop noPassword',
    ],
    [
      { args: ['elasticsearch'] },
      `args has "elasticsearch", which is no setting: write settings alone, such as ['-Ehttp.max_content_length=200mb']`,
    ],
    [
      { env: { ES_SETTING_XPACK_SECURITY_ENABLED: 'false' } },
      'env has ES_SETTING_XPACK_SECURITY_ENABLED, which is not possible here: write the prop noPassword',
    ],
    [
      { env: { ELASTIC_PASSWORD: 'x' } },
      'env has ELASTIC_PASSWORD, which is not possible here: write nothing in its place, because the password is a secret that is named after the component',
    ],
    [
      { image: 'elasticsearch:6.8.23' },
      'image is "elasticsearch:6.8.23": write elasticsearch:7.1 or newer, because older ones have no passwords',
    ],
    [
      { image: 'opensearchproject/opensearch:2' },
      'image is "opensearchproject/opensearch:2": write docker.elastic.co/elasticsearch/elasticsearch:9.1.4, because this image has other settings and folders; or run it as a Backend with volumes',
    ],
  ])('%j is told what to write', (props, message) => {
    expect(issues(props)).toEqual([`shop/search: ${message}`]);
  });
});
