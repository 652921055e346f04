import { docker, kubernetes } from 'catamaran';

/** Where starter runs, how big, and how it is reached. */
export const environments = {
  dev: docker(),
  production: kubernetes({
    namespace: 'starter',
    registry: 'registry.example.com/starter',
    components: { backend: { replicas: 2 }, proxy: { replicas: 2 } },
    exceptions: { 'pinned-images': 'nothing is pinned before the first build --push and images --pin' },
  }),
};
