import { Application, Backend, Health, Secret, Size, type Environment } from 'catamaran';
import { argument, file, image, named, publishes, restarts, variable, volume } from '../carriers';
import type { CorpusEntry } from '../entry';
import { corpusText, withReferences } from '../files';
import { dev, staging } from '../places';

const settings = corpusText('prometheus-grafana/prometheus/prometheus.yml');
const source = 'prometheus-grafana/grafana/datasource.yml';
const settingsFile = '/etc/prometheus/prometheus.yml';
const sourceFile = '/etc/grafana/provisioning/datasources/datasource.yml';

class Monitoring extends Application {
  constructor(environment: Environment) {
    super('prometheus-grafana', environment, { folder: __dirname });
    const prometheus = new Backend(this, 'prometheus', {
      image: 'prom/prometheus:v3.5.0',
      port: 9090,
      publish: 9090,
      user: { uid: 65534, gid: 65534 },
      args: [`--config.file=${settingsFile}`],
      health: Health.http('/-/ready'),
      files: { [settingsFile]: settings },
      volumes: { data: { path: '/prometheus', ownership: 'image' } },
    });
    new Backend(this, 'grafana', {
      image: 'grafana/grafana:12.2.0',
      port: 3000,
      publish: 3000,
      user: { uid: 472, gid: 472, binding: 'any' },
      scratch: ['/tmp', '/var/lib/grafana'].map((path) => ({
        path,
        size: Size.mebibytes(256),
        medium: 'disk',
      })),
      env: {
        GF_SECURITY_ADMIN_USER: 'admin',
        GF_SECURITY_ADMIN_PASSWORD: Secret.random('GRAFANA_PASSWORD'),
      },
      files: { [sourceFile]: withReferences(source, { 'http://prometheus:9090': prometheus.url }) },
    });
  }
}

export const monitoring: CorpusEntry = {
  application: Monitoring,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    'prometheus.image': image('prometheus', 'prom/prometheus:v3.5.0'),
    'prometheus.container_name': named('prometheus'),
    'prometheus.command': argument('prometheus', `--config.file=${settingsFile}`),
    'prometheus.ports[0]': publishes('prometheus', 9090, 9090),
    'prometheus.restart': restarts('prometheus'),
    'prometheus.volumes[0]': file('prometheus', settingsFile, settings),
    'prometheus.volumes[1]': volume('prometheus', '/prometheus'),
    'grafana.image': image('grafana', 'grafana/grafana:12.2.0'),
    'grafana.container_name': named('grafana'),
    'grafana.ports[0]': publishes('grafana', 3000, 3000),
    'grafana.restart': restarts('grafana'),
    'grafana.environment.GF_SECURITY_ADMIN_USER': variable('grafana', 'GF_SECURITY_ADMIN_USER', 'admin'),
    'grafana.environment.GF_SECURITY_ADMIN_PASSWORD': variable(
      'grafana',
      'GF_SECURITY_ADMIN_PASSWORD',
      '<GRAFANA_PASSWORD>',
    ),
    'grafana.volumes[0]': file('grafana', sourceFile, corpusText(source)),
    'volumes.prom_data': volume('prometheus', '/prometheus'),
  },
};
