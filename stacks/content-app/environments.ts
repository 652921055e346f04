import { docker, envFile, existingSecret, kubernetes, loadBalancer } from 'catamaran';

export const environments = {
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({
    namespace: 'content-app-staging',
    registry: 'registry.example.com/content-app',
    secrets: envFile(),
    components: { backend: { replicas: 2 }, frontend: { replicas: 2, expose: loadBalancer(25007) } },
  }),
  production: kubernetes({
    namespace: 'content-app',
    registry: 'registry.example.com/content-app',
    secrets: existingSecret('content-app'),
    // The newsroom is busy when news break: no other application of the node may slow it down then.
    qualityOfService: 'guaranteed',
    components: {
      backend: { replicas: 2 },
      frontend: { replicas: 2, expose: loadBalancer(25007) },
    },
  }),
};
