import { docker, envFile, existingSecret, kubernetes, loadBalancer } from 'catamaran';

export const environments = {
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({
    namespace: 'mem0-server-staging',
    registry: 'registry.example.com/mem0-server',
    secrets: envFile(),
    data: 'delete',
    components: { server: { expose: loadBalancer(25045) } },
  }),
  production: kubernetes({
    namespace: 'mem0-server',
    registry: 'registry.example.com/mem0-server',
    secrets: existingSecret('mem0-server'),
    components: { server: { expose: loadBalancer(25045) } },
  }),
};
