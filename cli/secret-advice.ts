import { join } from 'node:path';
import type { Application } from '../constructs/components/application';
import { applicationSecret, type KubernetesSpec } from '../constructs/environment/kubernetes';
import { usedSecrets } from '../constructs/model/secret';
import type { ApplicationModel, Run, Workload } from '../constructs/model/workload';
import type { Note } from '../constructs/target/lowering';

/** What a controller is called on the command line of kubectl. */
const controllers: Partial<Record<Run, string>> = { service: 'deployment/', stateful: 'statefulset/' };

/** A workload, as it is named to restart it. */
export function restartName({ name, run }: Workload, target: 'docker' | 'kubernetes'): string {
  return target === 'kubernetes' ? `${controllers[run] ?? ''}${name}` : name;
}

/** Who can see a secret that is a variable, and not one that is a file. */
export function visibility(target: 'docker' | 'kubernetes'): string {
  return target === 'docker'
    ? 'a variable shows in docker inspect of its reader, and in the environment of its processes; a file does not, ' +
        'unless the program passes it on to its own'
    : 'a variable shows in the environment of the processes of its reader; a file does not, unless the program ' +
        'passes it on to its own; no object but the Secret has either';
}

/** What of a source of secrets does not mean the same everywhere, as notes of a plan. */
export function secretNotes({ environment }: Application, { workloads }: ApplicationModel): Note[] {
  const users = workloads.filter((workload) => usedSecrets(workload).length > 0).map(({ name }) => name);
  const note = noteOf(environment.secrets.kind, environment.target);
  return note === undefined || users.length === 0 ? [] : [{ field: 'secrets', workloads: users, note }];
}

function noteOf(
  source: KubernetesSpec['secrets']['kind'],
  target: 'docker' | 'kubernetes',
): string | undefined {
  const unseen =
    'what is written cannot know of a changed value: restart those that read it, as catamaran secrets tells';
  switch (source) {
    case 'env-file':
      return target === 'kubernetes' ? `${unseen}; pulumi up restarts them itself` : undefined;
    case 'existing-secret':
    case 'external-secrets':
      return unseen;
    case 'sealed-secrets':
      return 'another ciphertext restarts those that read it, maybe before the controller has unsealed it';
    case 'sops':
      return target === 'kubernetes' ? 'Flux decrypts what is written; kubectl alone cannot' : undefined;
    case 'generated':
    case 'pulumi-config':
      return 'the values are with the Pulumi stack alone: pulumi up brings them, what is written has none';
    case 'none':
      return undefined;
  }
}

const again = "again:   pulumi up --replace '**::NAME', for one that was generated";

/** What to do to supply and change the secrets of an application, a line for each step. */
export function advice(application: Application, folder: string): string[] {
  const { name, environment } = application;
  const { secrets: source } = environment;
  if (environment.target === 'kubernetes') return clusterAdvice(name, environment, application, folder);
  const compose = `docker compose -f dist/${name}/${environment.name}/compose.yaml up --detach`;
  const restart = 'compose and pulumi up restart those that read a changed value';
  switch (source.kind) {
    case 'env-file':
      return [restart];
    case 'sops': {
      const file = join(folder, source.file);
      return [`edit:   sops edit ${file}`, `deploy: sops exec-env ${file} '${compose}'`, restart];
    }
    case 'generated':
      return [again, 'pulumi up restarts those that read a changed value'];
    default:
      return ['pulumi up restarts those that read a changed value'];
  }
}

function clusterAdvice(
  name: string,
  place: KubernetesSpec,
  { environment }: Application,
  folder: string,
): string[] {
  const { secrets: source, namespace } = place;
  const secret = applicationSecret(name, place);
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
      const written = `dist/${name}/${environment.name}/00-secrets.yaml`;
      return [
        `first:   ${create} --from-file=NAME=/dev/stdin | ${encrypt} /dev/stdin > ${file}`,
        `edit:    sops edit ${file}`,
        `no Flux: sops --decrypt ${written} | kubectl apply --filename -`,
      ];
    }
    case 'generated':
      return [again, 'pulumi up restarts those that read a changed value'];
    default:
      return ['pulumi up restarts those that read a changed value'];
  }
}
