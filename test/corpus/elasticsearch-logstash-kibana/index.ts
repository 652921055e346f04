import { Application, Backend, Duration, Health, Size, type Environment } from 'catamaran';
import {
  argument,
  checked,
  checkedEvery,
  checkTimeout,
  connected,
  file,
  image,
  named,
  publishes,
  retries,
  variable,
  waits,
} from '../carriers';
import type { CorpusEntry } from '../entry';
import { corpusText, withReferences } from '../files';
import { dev, staging } from '../places';

const pipeline = 'elasticsearch-logstash-kibana/logstash/pipeline/logstash-nginx.config';
const pipelineFile = '/usr/share/logstash/pipeline/logstash-nginx.config';
const log = '{"message":"a line of the log"}\n';

class Elastic extends Application {
  constructor(environment: Environment) {
    super('elastic', environment, { folder: __dirname });
    const memory = Size.gibibytes(1);
    // Its data is thrown away with the container, as in the compose file: a SearchEngine would keep it.
    const elasticsearch = new Backend(this, 'elasticsearch', {
      image: 'elasticsearch:7.16.1',
      ports: { http: 9200, transport: 9300 },
      publish: { http: 9200, transport: 9300 },
      user: { uid: 1000, gid: 0 },
      root: 'writable',
      memory,
      env: { 'discovery.type': 'single-node', ES_JAVA_OPTS: '-Xms512m -Xmx512m' },
      health: Health.http('/_cluster/health', {
        every: Duration.seconds(10),
        timeout: Duration.seconds(10),
        retries: 3,
      }),
    });
    new Backend(this, 'logstash', {
      image: 'logstash:7.16.1',
      ports: { tcp: 5000, udp: { number: 5000, protocol: 'udp' }, beats: 5044, http: 9600 },
      publish: { tcp: 5000, udp: 5000, beats: 5044, http: 9600 },
      user: { uid: 1000, gid: 1000 },
      root: 'writable',
      memory,
      args: ['logstash', '-f', pipelineFile],
      env: { 'discovery.seed_hosts': 'logstash', LS_JAVA_OPTS: '-Xms512m -Xmx512m' },
      files: {
        [pipelineFile]: withReferences(pipeline, { 'http://es:9200': elasticsearch.url }),
        '/home/nginx.log': log,
      },
      connectsTo: [elasticsearch],
      waitsFor: [elasticsearch],
    });
    new Backend(this, 'kibana', {
      image: 'kibana:7.16.1',
      port: 5601,
      publish: 5601,
      user: { uid: 1000, gid: 1000 },
      root: 'writable',
      memory,
      connectsTo: [elasticsearch],
      waitsFor: [elasticsearch],
    });
  }
}

export const elastic: CorpusEntry = {
  application: Elastic,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    'elasticsearch.image': image('elasticsearch', 'elasticsearch:7.16.1'),
    'elasticsearch.container_name': named('elasticsearch'),
    'elasticsearch.environment.discovery.type': variable('elasticsearch', 'discovery.type', 'single-node'),
    'elasticsearch.environment.ES_JAVA_OPTS': variable('elasticsearch', 'ES_JAVA_OPTS', '-Xms512m -Xmx512m'),
    'elasticsearch.ports[0]': publishes('elasticsearch', 9200, 9200),
    'elasticsearch.ports[1]': publishes('elasticsearch', 9300, 9300),
    'elasticsearch.healthcheck.test': checked('elasticsearch'),
    'elasticsearch.healthcheck.interval': checkedEvery('elasticsearch', 10),
    'elasticsearch.healthcheck.timeout': checkTimeout('elasticsearch', 10),
    'elasticsearch.healthcheck.retries': retries('elasticsearch', 3),
    'elasticsearch.networks.elastic': connected('kibana', 'elasticsearch'),
    'logstash.image': image('logstash', 'logstash:7.16.1'),
    'logstash.container_name': named('logstash'),
    'logstash.environment.discovery.seed_hosts': variable('logstash', 'discovery.seed_hosts', 'logstash'),
    'logstash.environment.LS_JAVA_OPTS': variable('logstash', 'LS_JAVA_OPTS', '-Xms512m -Xmx512m'),
    'logstash.volumes[0]': file(
      'logstash',
      pipelineFile,
      corpusText(pipeline).replace('http://es:9200', 'http://elasticsearch:9200'),
    ),
    'logstash.volumes[1]': file('logstash', '/home/nginx.log', log),
    'logstash.ports[0]': publishes('logstash', 5000, 5000),
    'logstash.ports[1]': publishes('logstash', 5000, 5000, 'udp'),
    'logstash.ports[2]': publishes('logstash', 5044, 5044),
    'logstash.ports[3]': publishes('logstash', 9600, 9600),
    'logstash.depends_on.elasticsearch': waits('logstash', 'elasticsearch'),
    'logstash.networks.elastic': connected('logstash', 'elasticsearch'),
    'logstash.command': argument('logstash', pipelineFile),
    'kibana.image': image('kibana', 'kibana:7.16.1'),
    'kibana.container_name': named('kibana'),
    'kibana.ports[0]': publishes('kibana', 5601, 5601),
    'kibana.depends_on.elasticsearch': waits('kibana', 'elasticsearch'),
    'kibana.networks.elastic': connected('kibana', 'elasticsearch'),
    'networks.elastic.driver': connected('kibana', 'elasticsearch'),
  },
};
