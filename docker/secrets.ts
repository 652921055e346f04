import { join } from 'node:path';
import type { DockerSpec } from '../constructs/environment/docker';
import { generateAgain, onlyWithPulumi, type SecretAdvice } from '../constructs/target/secret-advice';

/** What users are told about secrets on a Docker engine. */
export const dockerSecrets: SecretAdvice<DockerSpec> = {
  visibility:
    'a variable shows in docker inspect of its reader, and in the environment of its processes; a file does not, ' +
    'unless the program passes it on to its own',
  restartName: ({ name }) => name,
  note: (source) => (source === 'generated' || source === 'pulumi-config' ? onlyWithPulumi : undefined),
  steps: ({ name, environmentName, folder }, { secrets: source }) => {
    const compose = `docker compose -f dist/${name}/${environmentName}/compose.yaml up --detach`;
    const restart = 'compose and pulumi up restart those that read a changed value';
    switch (source.kind) {
      case 'env-file':
        return [restart];
      case 'sops': {
        const file = join(folder, source.file);
        return [`edit:   sops edit ${file}`, `deploy: sops exec-env ${file} '${compose}'`, restart];
      }
      case 'generated':
        return generateAgain;
      default:
        return ['pulumi up restarts those that read a changed value'];
    }
  },
};
