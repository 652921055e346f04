import { Cpu, docker, kubernetes, loadBalancer, Size } from 'catamaran';

export const environments = {
  dev: docker(),
  staging: kubernetes({
    namespace: 'streamlit-app-staging',
    registry: 'registry.example.com/streamlit-app',
    components: { proxy: { replicas: 2, expose: loadBalancer(8501) } },
  }),
  production: kubernetes({
    namespace: 'streamlit-app',
    registry: 'registry.example.com/streamlit-app',
    components: {
      app: {
        replicas: 3,
        cpu: { request: Cpu.millicores(250), limit: Cpu.cores(1) },
        memory: Size.gibibytes(1),
      },
      proxy: { replicas: 2, expose: loadBalancer(80) },
    },
  }),
};
