import type { Workload } from '../constructs/model/workload';
import { contentHash } from '../constructs/target/hash';
import { sortedKeys } from '../constructs/model/sorted';
import {
  annotated,
  headlessName,
  manifest,
  podLabels,
  priorityClassName,
  runAs,
  selector,
  type Context,
  type Fragment,
} from './lower/context';
import { placement } from './lower/placement';
import { annotationsOf, labelsOf } from './lower/process';
import { secretAnnotations } from './lower/secrets';
import { onOneNode } from './lower/shared-volumes';
import type { ControllerSpec, CronJobSpec, JobSpec, Manifest, PodSpec } from './manifest';

// The functions that make a spec do not name the type of their result. It is inferred, so that lower/coverage.ts sees which
// keys they write for every workload. They are internal because these types are as long as the Kubernetes API: the package
// does not contain them.

type PodTemplate = Required<Pick<JobSpec['template'], 'metadata' | 'spec'>>;

/** The object that runs a workload: a Deployment, a StatefulSet, a Job or a CronJob. */
export function controller(workload: Workload, whole: Fragment, context: Context): Manifest {
  return annotated(unannotated(workload, whole, context), annotationsOf(workload));
}

function unannotated(workload: Workload, whole: Fragment, context: Context): Manifest {
  const { name } = workload;
  const labels = labelsOf(workload);
  const template = podTemplate(workload, whole, context);
  switch (runAs(context, workload)) {
    case 'service':
      return manifest(
        context,
        'apps/v1',
        'Deployment',
        name,
        { spec: deploymentSpec(name, whole, template) },
        labels,
      );
    case 'stateful':
      return manifest(
        context,
        'apps/v1',
        'StatefulSet',
        name,
        { spec: statefulSetSpec(name, headlessName(workload), whole, template) },
        labels,
      );
    case 'once':
      // A Job cannot be changed. A new template makes a new Job, which runs again.
      return manifest(
        context,
        'batch/v1',
        'Job',
        `${name}-${contentHash(template)}`,
        { spec: jobSpec(whole, template) },
        labels,
      );
    case 'scheduled':
      return manifest(
        context,
        'batch/v1',
        'CronJob',
        name,
        { spec: cronJobSpec(name, whole, template) },
        labels,
      );
  }
}

function podTemplate(workload: Workload, whole: Fragment, context: Context): PodTemplate {
  const annotations = sortedKeys({ ...secretAnnotations(workload, context), ...annotationsOf(workload) });
  const metadata = {
    ...(Object.keys(annotations).length > 0 && { annotations }),
    labels: { ...podLabels(context, workload.name), ...labelsOf(workload) },
  };
  return { metadata, spec: podSpec(workload, whole, context) };
}

/** The spec of a Deployment. @internal */
export function deploymentSpec(name: string, whole: Fragment, template: PodTemplate) {
  return {
    ...whole.controller,
    selector: { matchLabels: selector(name) },
    template,
  } satisfies Partial<ControllerSpec>;
}

/** The spec of a StatefulSet. @internal */
export function statefulSetSpec(name: string, serviceName: string, whole: Fragment, template: PodTemplate) {
  return { ...deploymentSpec(name, whole, template), serviceName } satisfies Partial<ControllerSpec>;
}

/** The spec of a Job. @internal */
export function jobSpec({ job }: Fragment, template: PodTemplate) {
  return { ...job, template } satisfies JobSpec;
}

/** The spec of a CronJob. @internal */
export function cronJobSpec(name: string, whole: Fragment, template: PodTemplate) {
  if (!whole.cronJob) throw new Error(`${name} is a scheduled workload without a schedule`);
  const jobTemplate = { metadata: template.metadata, spec: jobSpec(whole, template) };
  return { ...whole.cronJob, jobTemplate } satisfies CronJobSpec;
}

/** The spec of a pod. @internal */
export function podSpec(workload: Workload, { pod, container }: Fragment, context: Context) {
  const { name } = workload;
  return {
    ...placement(workload, onOneNode(workload, context)),
    priorityClassName: priorityClassName(context),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
    ...pod,
    containers: [{ ...container, name }],
  } satisfies PodSpec;
}
