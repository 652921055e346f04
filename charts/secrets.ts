import { join } from 'node:path';
import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { SecretSource } from '../constructs/environment/secret-source';
import type { Run } from '../constructs/model/workload';
import {
  generateAgain,
  onlyWithPulumi,
  restartedByPulumi,
  type AdvisedApplication,
  type SecretAdvice,
} from '../constructs/target/secret-advice';
import { runAs } from './lower/context';
import { applicationSecret } from './lower/secrets';
import { encryptedGroup } from './group';

/** What `catamaran secrets` and notes say about secrets in a cluster. */
export const kubernetesSecrets: SecretAdvice<KubernetesSpec> = {
  visibility:
    'A secret in a variable shows in the environment of the processes that get it. A secret in a file does not, ' +
    'unless the program itself puts it into a variable. No object except the Secret contains a value',
  restartName: (workload, model, environment) =>
    `${controllers[runAs({ model, environment }, workload)]}${workload.name}`,
  note,
  steps,
};

/**
 * What stands before the name of a workload in `kubectl rollout restart`, by how the workload runs. It is empty for jobs,
 * which cannot be restarted.
 */
const controllers: Readonly<Record<Run, string>> = {
  service: 'deployment/',
  stateful: 'statefulset/',
  once: '',
  scheduled: '',
};

function note(source: SecretSource['kind']): string | undefined {
  const noRestart =
    'A changed secret restarts nothing, because the written files contain no values: ' +
    'restart its readers with the command that catamaran secrets prints';
  switch (source) {
    case 'env-file':
      return `${noRestart}; pulumi up restarts them by itself`;
    case 'existing-secret':
    case 'external-secrets':
      return noRestart;
    case 'sealed-secrets':
      return 'A changed ciphertext restarts the readers of the secret, perhaps before the controller has decrypted it';
    case 'sops':
      return 'Flux decrypts the written Secret. kubectl alone cannot';
    case 'generated':
    case 'pulumi-config':
      return onlyWithPulumi;
    case 'none':
      return undefined;
  }
}

function steps(
  { name, environmentName, folder, isPlain }: AdvisedApplication,
  environment: KubernetesSpec,
): readonly string[] {
  const { secrets: source, namespace } = environment;
  const secret = applicationSecret(name, environment);
  const kubectl = `kubectl --namespace ${namespace}`;
  const create = `${kubectl} create secret generic ${secret} --dry-run=client --output yaml`;
  const restart = `After a change, restart the readers of the secret, as named above: ${kubectl} rollout restart <names>`;
  switch (source.kind) {
    case 'env-file': {
      const make = isPlain
        ? `${create} --from-env-file=${join(folder, source.file)}`
        : `npx catamaran secrets ${name} --environment ${environmentName} --manifest`;
      return [`Create or update the Secret: ${make} | kubectl apply --filename -`, restart];
    }
    case 'existing-secret':
      return [`Show which values the Secret has: ${kubectl} describe secret ${secret}`, restart];
    case 'external-secrets':
      return [`Show whether the values were found: ${kubectl} describe externalsecret ${secret}`, restart];
    case 'sealed-secrets': {
      const file = join(folder, source.file);
      const sealed = `${create} --from-file=NAME=/dev/stdin | kubeseal --format yaml`;
      return [
        `Encrypt the first secret: ${sealed} > ${file}`,
        `Add or change a secret: ${sealed} --merge-into ${file}`,
      ];
    }
    case 'sops': {
      const file = join(folder, source.file);
      const type = file.endsWith('.json') ? 'json' : 'yaml';
      const encrypt = `sops --encrypt --encrypted-regex '^(data|stringData)$' --input-type yaml --output-type ${type}`;
      const written = `dist/${name}/${environmentName}/${encryptedGroup}.yaml`;
      return [
        `Encrypt the first secret: ${create} --from-file=NAME=/dev/stdin | ${encrypt} /dev/stdin > ${file}`,
        `Edit the secrets: sops edit ${file}`,
        `Apply the Secret without Flux: sops --decrypt ${written} | kubectl apply --filename -`,
      ];
    }
    case 'generated':
      return generateAgain;
    case 'none':
    case 'pulumi-config':
      return [restartedByPulumi];
  }
}
