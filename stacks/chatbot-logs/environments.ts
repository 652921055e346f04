import {
  docker,
  envFile,
  existingSecret,
  hostPort,
  kubernetes,
  loadBalancer,
  Size,
  tlsSecret,
} from 'catamaran';

/** HTTPS, so that nobody can read the password of the dashboards on its way. The Secret exists in the cluster. */
const tls = { certificate: tlsSecret('chatbot-logs-tls') };

export const environments = {
  dev: docker({
    secrets: envFile(),
    choices: { store: 'postgres' },
    components: { proxy: { expose: hostPort(8090, '127.0.0.1') } },
  }),
  staging: kubernetes({
    namespace: 'chatbot-logs-staging',
    registry: 'registry.example.com/chatbot-logs',
    secrets: envFile(),
    data: 'delete',
    choices: { store: 'elasticsearch' },
    components: { exporter: { replicas: 2 }, proxy: { replicas: 2, expose: loadBalancer(443), tls } },
  }),
  production: kubernetes({
    namespace: 'chatbot-logs',
    registry: 'registry.example.com/chatbot-logs',
    secrets: existingSecret('chatbot-logs'),
    choices: { store: 'mongodb' },
    components: {
      api: { replicas: 3 },
      exporter: { replicas: 2 },
      store: { storage: Size.gibibytes(50), memory: Size.gibibytes(4) },
      proxy: { replicas: 2, expose: loadBalancer(443), tls },
    },
  }),
};
