import { objectsIn } from '../group';
import type { Manifest, ManifestOf } from '../manifest';
import type { KubernetesPlan } from '../plan';

/** Seconds after which Kubernetes deletes the Job, if the command that started it was interrupted. */
const lifetime = 3600;

/** A Job that runs a scheduled workload once, now, with other arguments. If it fails, it is not tried again. */
export function jobOf(
  plan: KubernetesPlan,
  workload: string,
  name: string,
  args: readonly string[],
): ManifestOf<'Job'> {
  const found = objectsIn(plan)
    .filter(isCronJob)
    .find(({ metadata }) => metadata.name === workload);
  const template = found?.spec?.jobTemplate.spec?.template;
  if (!found || !template?.spec) throw new Error(`no scheduled workload ${workload}`);
  const containers = template.spec.containers.map((container) => ({ ...container, args }));
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...found.metadata, name },
    spec: {
      ...found.spec?.jobTemplate.spec,
      backoffLimit: 0,
      ttlSecondsAfterFinished: lifetime,
      // Kubernetes keeps a failed pod, so that its log can be read.
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never', containers } },
    },
  };
}

function isCronJob(object: Manifest): object is ManifestOf<'CronJob'> {
  return object.kind === 'CronJob';
}
