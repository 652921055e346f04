import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Backend, Health, Secret, Size, text, type Application } from 'catamaran';

/** Prometheus: reads the metrics of these components every 15 s and keeps them for 15 days. */
export function prometheus(application: Application, targets: readonly Backend[]): Backend {
  const jobs = targets.map(
    ({ name, endpoint }) => text`
  - job_name: ${name}
    static_configs: [{ targets: ['${endpoint}'] }]`,
  );
  return new Backend(application, 'prometheus', {
    image: 'prom/prometheus:v3.5.0',
    args: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      '--storage.tsdb.retention.time=15d',
    ],
    port: 9090,
    user: { uid: 65534, gid: 65534 },
    memory: Size.mebibytes(512),
    health: Health.http('/-/ready'),
    liveness: Health.http('/-/healthy'),
    volumes: { data: { path: '/prometheus', size: Size.gibibytes(8), ownership: 'image' } },
    files: {
      '/etc/prometheus/prometheus.yml': text`global:
  scrape_interval: 15s
scrape_configs:${jobs}
`,
    },
  });
}

/** Grafana with one dashboard and Prometheus as data source, for the path /grafana of a proxy. */
export function grafana(application: Application, source: Backend): Backend {
  const provisioning = '/etc/grafana/provisioning';
  return new Backend(application, 'grafana', {
    image: 'grafana/grafana:12.2.0',
    port: 3000,
    user: { uid: 472, gid: 472, binding: 'any' },
    health: Health.http('/grafana/api/health'),
    volumes: { data: { path: '/var/lib/grafana', ownership: 'image' } },
    env: {
      GF_ANALYTICS_REPORTING_ENABLED: false,
      GF_ANALYTICS_CHECK_FOR_UPDATES: false,
      GF_PLUGINS_PREINSTALL_DISABLED: true,
      // Visitors enter the password of the proxy. Grafana must not read it as a login to Grafana.
      GF_AUTH_BASIC_ENABLED: false,
      GF_SECURITY_ADMIN_PASSWORD__FILE: Secret.random('GRAFANA_PASSWORD').file,
      GF_SERVER_ROOT_URL: '%(protocol)s://%(domain)s/grafana/',
      GF_SERVER_SERVE_FROM_SUB_PATH: true,
    },
    files: {
      [`${provisioning}/datasources/prometheus.yaml`]: text`apiVersion: 1
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    access: proxy
    url: ${source.url}
    isDefault: true
`,
      [`${provisioning}/dashboards/dashboards.yaml`]: `apiVersion: 1
providers:
  - name: catamaran
    type: file
    options:
      path: /etc/grafana/dashboards
`,
      '/etc/grafana/dashboards/chatbot-logs.json': readFileSync(
        join(__dirname, 'grafana', 'dashboard.json'),
        'utf8',
      ),
    },
  });
}
