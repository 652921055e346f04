import { join } from 'node:path';
import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { SecretSource } from '../constructs/environment/secret-source';
import type { Run } from '../constructs/model/workload';
import {
  generateAgain,
  onlyWithPulumi,
  type AdvisedApplication,
  type SecretAdvice,
} from '../constructs/target/secret-advice';
import { applicationSecret } from './lower/secrets';

/** What users are told about secrets in a cluster. */
export const kubernetesSecrets: SecretAdvice<KubernetesSpec> = {
  visibility:
    'a variable shows in the environment of the processes of its reader; a file does not, unless the program ' +
    'passes it on to its own; no object but the Secret has either',
  restartName: ({ name, run }) => `${controllers[run]}${name}`,
  note,
  steps,
};

/** What comes before a workload's name on the command line of kubectl. */
const controllers: Readonly<Record<Run, string>> = {
  service: 'deployment/',
  stateful: 'statefulset/',
  once: '',
  scheduled: '',
};

function note(source: SecretSource['kind']): string | undefined {
  const unseen =
    'what is written cannot know of a changed value: restart those that read it, as catamaran secrets tells';
  switch (source) {
    case 'env-file':
      return `${unseen}; pulumi up restarts them itself`;
    case 'existing-secret':
    case 'external-secrets':
      return unseen;
    case 'sealed-secrets':
      return 'another ciphertext restarts those that read it, maybe before the controller has unsealed it';
    case 'sops':
      return 'Flux decrypts what is written; kubectl alone cannot';
    case 'generated':
    case 'pulumi-config':
      return onlyWithPulumi;
    case 'none':
      return undefined;
  }
}

function steps(
  { name, environmentName, folder }: AdvisedApplication,
  environment: KubernetesSpec,
): readonly string[] {
  const { secrets: source, namespace } = environment;
  const secret = applicationSecret(name, environment);
  const kubectl = `kubectl --namespace ${namespace}`;
  const create = `${kubectl} create secret generic ${secret} --dry-run=client --output yaml`;
  const restart = `restart: ${kubectl} rollout restart, and the names of those that read a changed value`;
  switch (source.kind) {
    case 'env-file':
      return [
        `bring:   ${create} --from-env-file=${join(folder, source.file)} | kubectl apply --filename -`,
        restart,
      ];
    case 'existing-secret':
      return [`look:    ${kubectl} describe secret ${secret}`, restart];
    case 'external-secrets':
      return [`look:    ${kubectl} describe externalsecret ${secret}`, restart];
    case 'sealed-secrets': {
      const file = join(folder, source.file);
      const sealed = `${create} --from-file=NAME=/dev/stdin | kubeseal --format yaml`;
      return [`first:   ${sealed} > ${file}`, `more:    ${sealed} --merge-into ${file}`];
    }
    case 'sops': {
      const file = join(folder, source.file);
      const type = file.endsWith('.json') ? 'json' : 'yaml';
      const encrypt = `sops --encrypt --encrypted-regex '^(data|stringData)$' --input-type yaml --output-type ${type}`;
      const written = `dist/${name}/${environmentName}/00-secrets.yaml`;
      return [
        `first:   ${create} --from-file=NAME=/dev/stdin | ${encrypt} /dev/stdin > ${file}`,
        `edit:    sops edit ${file}`,
        `no Flux: sops --decrypt ${written} | kubectl apply --filename -`,
      ];
    }
    case 'generated':
      return generateAgain;
    case 'none':
    case 'pulumi-config':
      return ['pulumi up restarts those that read a changed value'];
  }
}
