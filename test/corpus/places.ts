import {
  docker,
  envFile,
  existingSecret,
  kubernetes,
  type DockerOptions,
  type KubernetesOptions,
} from 'catamaran';

/** An environment for development on Docker. */
export function dev(options: DockerOptions = {}) {
  return docker({ secrets: envFile(), ...options });
}

/** An environment in a cluster. */
export function staging(options: Partial<KubernetesOptions> = {}) {
  return kubernetes({
    namespace: 'corpus',
    registry: 'registry.example.com',
    secrets: existingSecret('corpus'),
    ...options,
  });
}
