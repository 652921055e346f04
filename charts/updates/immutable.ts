import type { Kind } from '../manifest';

/** A field that the API server does not let an update change. */
export interface ImmutableField {
  readonly path: string;
  /** The validation that refuses the change. */
  readonly source: string;
}

const repository = 'https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg';
const kubernetes = `${repository}/apis`;
const statefulSet = `${kubernetes}/apps/validation/validation.go (ValidateStatefulSetUpdate)`;
const deployment = `${repository}/registry/apps/deployment/strategy.go (ValidateUpdate)`;
const job = `${kubernetes}/batch/validation/validation.go (ValidateJobSpecUpdate)`;
const claim = `${kubernetes}/core/validation/validation.go (ValidatePersistentVolumeClaimUpdate)`;
const configMap = `${kubernetes}/core/validation/validation.go (ValidateConfigMapUpdate)`;
const priorityClass = `${kubernetes}/scheduling/validation/validation.go (ValidatePriorityClassUpdate)`;

/**
 * Every field of the rendered objects that cannot be changed. What decides each value must not change in daily life:
 * otherwise an update would be refused.
 *
 * Not in the table: `spec.resources` of a claim, which may grow and not shrink; see claims.ts. Names of ConfigMaps and Jobs
 * end with a hash of their content, so that a change makes a new object.
 */
export const immutable: Readonly<Record<Kind | 'Secret', readonly ImmutableField[]>> = {
  StatefulSet: [
    { path: 'spec.serviceName', source: statefulSet },
    { path: 'spec.selector', source: statefulSet },
    { path: 'spec.podManagementPolicy', source: statefulSet },
    { path: 'spec.volumeClaimTemplates', source: statefulSet },
  ],
  Deployment: [{ path: 'spec.selector', source: deployment }],
  Job: [
    { path: 'spec.template', source: job },
    { path: 'spec.selector', source: job },
    { path: 'spec.completionMode', source: job },
    { path: 'spec.podFailurePolicy', source: job },
  ],
  PersistentVolumeClaim: [
    { path: 'spec.accessModes', source: claim },
    { path: 'spec.storageClassName', source: claim },
    { path: 'spec.volumeMode', source: claim },
    { path: 'spec.volumeName', source: claim },
    { path: 'spec.selector', source: claim },
  ],
  // Only of a ConfigMap with `immutable: true`, which is every one that this project renders.
  ConfigMap: [
    { path: 'immutable', source: configMap },
    { path: 'data', source: configMap },
    { path: 'binaryData', source: configMap },
  ],
  PriorityClass: [
    { path: 'value', source: priorityClass },
    { path: 'preemptionPolicy', source: priorityClass },
  ],
  // An address that is left out stays as it is: only an address that is written can be refused.
  Service: [
    { path: 'spec.clusterIP', source: `${kubernetes}/core/validation/validation.go (ValidateServiceUpdate)` },
  ],
  Secret: [{ path: 'type', source: `${kubernetes}/core/validation/validation.go (ValidateSecretUpdate)` }],
  CronJob: [],
  ExternalSecret: [],
  Gateway: [],
  HTTPRoute: [],
  HorizontalPodAutoscaler: [],
  Ingress: [],
  Namespace: [],
  NetworkPolicy: [],
  PodDisruptionBudget: [],
  SealedSecret: [],
  ServiceAccount: [],
};
