import { docker, kubernetes, loadBalancer } from 'catamaran';

const registry = 'registry.example.com/dify-api';

export const environments = {
  dev: docker(),
  staging: kubernetes({
    namespace: 'dify-api-staging',
    registry,
    pullSecret: 'registry',
    data: 'delete',
    components: { proxy: { replicas: 2, expose: loadBalancer(80) } },
  }),
  // With your own registry, add `images: 'pinned'` here after `build --push` and `images --pin`.
  production: kubernetes({
    namespace: 'dify-api',
    registry,
    pullSecret: 'registry',
    components: { api: { replicas: 4 }, proxy: { replicas: 2, expose: loadBalancer(80) } },
  }),
};
