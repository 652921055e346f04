/** The largest number of something, and where that is documented. */
export interface Limit {
  readonly most: number;
  readonly source: string;
}

const execve = 'https://man7.org/linux/man-pages/man2/execve.2.html';
const linux = 'https://github.com/torvalds/linux/blob/master/include/uapi/linux/limits.h';
const names = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/';
const labels = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/';
const configMaps =
  'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/';
const gatewayApi = 'https://gateway-api.sigs.k8s.io/reference/spec/';

/**
 * Every limit of Linux, Docker and Kubernetes that applications can reach. What is beyond a limit is refused before
 * anything is written. test/e2e/limits.test.ts shows what Kubernetes refuses to an API server.
 */
export const limits = {
  /** Bytes of one variable, as `NAME=value`, or of one argument, without the NUL at its end. */
  argument: { most: 131_071, source: execve },
  /** Bytes of all variables and arguments of a program: a quarter of the usual stack of 8 MiB. */
  arguments: { most: 2_097_152, source: execve },
  /** Bytes of the name of a file or folder. */
  fileName: { most: 255, source: linux },
  /** Bytes of a path. */
  path: { most: 4095, source: linux },
  /** Characters of an image's name, without its host, tag and digest. */
  imageName: { most: 255, source: 'https://github.com/distribution/reference/blob/main/reference.go' },
  /** Characters of the names of containers, volumes, Services, namespaces and hosts: a DNS label (RFC 1035). */
  label: { most: 63, source: `${names}#rfc-1035-label-names` },
  /**
   * Characters of a name such as `shop-dev-api`: application, environment and component. The names of containers add a
   * replica and a digest to it, and are still DNS labels. With it, no name of an object is too long.
   */
  deployedName: { most: 46, source: 'https://www.rfc-editor.org/rfc/rfc1123#section-2.1' },
  /** Characters of the names of most objects, and of a host with its domain: a DNS subdomain (RFC 1123). */
  subdomain: { most: 253, source: `${names}#dns-subdomain-names` },
  /** Characters of the name of a CronJob, which adds a time of 11 characters to the names of its Jobs. */
  cronJobName: { most: 52, source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/' },
  /** Characters of the name of a StatefulSet, which adds a hash of 11 characters to a label of its pods. */
  statefulSetName: { most: 52, source: 'https://github.com/kubernetes/kubernetes/issues/64023' },
  /** Characters of the name of a port of a container. */
  portName: {
    most: 15,
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  },
  /** Characters of the value of a label, and of the name in the key of a label or an annotation. */
  labelPart: { most: 63, source: `${labels}#syntax-and-character-set` },
  /** Bytes of all annotations of an object. One of them is the whole object, which `kubectl apply` adds. */
  annotations: {
    most: 262_144,
    source: 'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/',
  },
  /** Bytes of the values of a ConfigMap, without their keys. */
  configuration: { most: 1_048_576, source: 'https://kubernetes.io/docs/concepts/configuration/configmap/' },
  /** Characters of a key of a ConfigMap or a Secret. */
  key: { most: 253, source: configMaps },
  /** Rules of an HTTPRoute. */
  routeRules: { most: 16, source: gatewayApi },
  /** Host names of an HTTPRoute. */
  routeHosts: { most: 16, source: gatewayApi },
  /** Listeners of a Gateway. */
  listeners: { most: 64, source: gatewayApi },
} as const satisfies Readonly<Record<string, Limit>>;

/** The bytes that variables and arguments take. Each also needs a NUL at its end, and the address of its start. */
export function spaceOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 9, 0);
}
