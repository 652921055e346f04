import { join } from 'node:path';
import type { DockerSpec } from '../constructs/environment/docker';
import {
  generateAgain,
  onlyWithPulumi,
  restartedByPulumi,
  type SecretAdvice,
} from '../constructs/target/secret-advice';

/** What `catamaran secrets` prints about secrets on a Docker engine. */
export const dockerSecrets: SecretAdvice<DockerSpec> = {
  visibility:
    'A secret in a variable shows in docker inspect, and in the environment of the processes that get it. ' +
    'A secret in a file does not, unless the program itself puts it into a variable',
  restartName: ({ name }) => name,
  note: (source) => (source === 'generated' || source === 'pulumi-config' ? onlyWithPulumi : undefined),
  steps: ({ name, environmentName, folder }, { secrets: source }) => {
    const compose = `docker compose -f dist/${name}/${environmentName}/compose.yaml up --detach`;
    const restart = 'docker compose up and pulumi up restart every component that reads a changed secret';
    switch (source.kind) {
      case 'env-file':
        return [restart];
      case 'sops': {
        const file = join(folder, source.file);
        return [
          `Edit the secrets: sops edit ${file}`,
          `Start with the decrypted secrets: sops exec-env ${file} '${compose}'`,
          restart,
        ];
      }
      case 'generated':
        return generateAgain;
      default:
        return [restartedByPulumi];
    }
  },
};
