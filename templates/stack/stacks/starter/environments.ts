import { docker, kubernetes } from 'catamaran';

/** Where starter runs, how many replicas it has, and how visitors reach it. */
export const environments = {
  dev: docker(),
  production: kubernetes({
    namespace: 'starter',
    registry: 'registry.example.com/starter',
    components: { backend: { replicas: 2 }, proxy: { replicas: 2 } },
    exceptions: { 'pinned-images': 'images are pinned after the first build --push and images --pin' },
  }),
};
