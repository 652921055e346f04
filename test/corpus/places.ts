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

/** What Kubernetes says of a component with bind mounts. */
export function noBindMounts(component: string): string {
  return (
    `${component}: Kubernetes refuses bindMounts: the nodes of a cluster do not have the folders of the application. Write ` +
    'files, a volume, or an image that contains the folder, and set bindMounts only in the components of docker(); or ' +
    "accept this with accept: ['bindMounts'] in environment dev"
  );
}
