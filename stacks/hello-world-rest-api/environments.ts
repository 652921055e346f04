import { Cpu, docker, kubernetes, loadBalancer, Size } from 'catamaran';

export const environments = {
  dev: docker({ components: { api: { cpu: Cpu.cores(0.5), memory: Size.mebibytes(512) } } }),
  staging: kubernetes({
    namespace: 'hello-world-rest-api-staging',
    registry: 'registry.example.com/hello-world-rest-api',
    components: { proxy: { replicas: 2, expose: loadBalancer(8080) } },
  }),
  production: kubernetes({
    namespace: 'hello-world-rest-api',
    registry: 'registry.example.com/hello-world-rest-api',
    components: { proxy: { replicas: 3, expose: loadBalancer(8080) } },
  }),
};
