import { Cpu, docker, envFile, existingSecret, flux, kubernetes, loadBalancer, Size } from 'catamaran';

export const environments = {
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({
    namespace: 'vdt2023-staging',
    registry: 'registry.example.com/vdt2023',
    secrets: envFile(),
    data: 'delete',
    components: { proxy: { replicas: 2, expose: loadBalancer(80) } },
  }),
  production: kubernetes({
    namespace: 'vdt2023',
    registry: 'registry.example.com/vdt2023',
    secrets: existingSecret('vdt2023'),
    gitops: flux({ sourceRef: { name: 'gitops' } }),
    components: {
      backend: { replicas: 4, cpu: Cpu.millicores(500), memory: Size.mebibytes(512) },
      database: { storage: Size.gibibytes(20), cpu: Cpu.cores(2), memory: Size.gibibytes(4) },
      proxy: { replicas: 2, cpu: Cpu.millicores(250), expose: loadBalancer(80) },
    },
  }),
};
