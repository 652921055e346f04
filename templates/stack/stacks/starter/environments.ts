import { docker, kubernetes } from 'catamaran';

/** Where starter runs, how big, and how it is reached. */
export const environments = {
  dev: docker(),
  production: kubernetes({
    namespace: 'starter',
    registry: 'registry.example.com/starter',
    components: { backend: { replicas: 2 } },
  }),
};
