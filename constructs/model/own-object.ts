import type { Mapping } from './data';

/** An object of a cluster that the stack wrote itself. It is passed through as it is. */
export interface OwnObject extends Mapping {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: OwnMetadata;
}

/** What is read of the metadata of such an object. */
export interface OwnMetadata extends Mapping {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Such an object, and the file that it comes from. */
export interface OwnManifest {
  /** Relative to the application's folder. */
  readonly file: string;
  readonly object: OwnObject;
}

/** Kinds of Kubernetes itself whose objects belong to the whole cluster. @see `kubectl api-resources --namespaced=false` */
const clusterKinds = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'GatewayClass',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

/** Whether objects of a kind of Kubernetes itself belong to the whole cluster, and have no namespace. */
export function isClusterKind(kind: string): boolean {
  return clusterKinds.has(kind);
}

/** The group of an API version: empty for `v1`. */
export function groupOf({ apiVersion }: Pick<OwnObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Whether an API group is one of Kubernetes itself. */
export function isOfKubernetes({ apiVersion }: Pick<OwnObject, 'apiVersion'>): boolean {
  const group = groupOf({ apiVersion });
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** The kind and the name of an object, such as `ConfigMap shop`. Kinds of others have their group. */
export function titleOf(object: OwnObject): string {
  const kind = isOfKubernetes(object) ? object.kind : `${object.kind}.${groupOf(object)}`;
  return `${kind} ${object.metadata.name}`;
}
