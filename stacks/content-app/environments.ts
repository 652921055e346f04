import { docker, envFile, existingSecret, kubernetes, loadBalancer, nodePort } from 'catamaran';

export const environments = {
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({
    namespace: 'content-app-staging',
    registry: 'registry.example.com/content-app',
    secrets: envFile(),
    components: { frontend: { expose: nodePort(30007) } },
  }),
  production: kubernetes({
    namespace: 'content-app',
    registry: 'registry.example.com/content-app',
    secrets: existingSecret('content-app'),
    components: {
      backend: { replicas: 2 },
      frontend: { replicas: 2, expose: loadBalancer(25007) },
    },
  }),
};
