import { keepPlace } from '../code-place';
import { requireObject } from '../issue';
import type { GitOps } from '../model/gitops';
import type { Exposure } from '../model/network';
import type { ClusterProxy } from '../model/proxy';
import { optional, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { oneOf, quoted, text } from '../shape/words';
import { manifestKind, type Manifest } from '../values/manifest';
import { proxyKind } from './cluster-proxy';
import { dnsKind, dnsServers, type DnsServer, type DnsServerSpec } from './dns';
import { gitOpsKind } from './gitops';
import { sharedStorageKind, type SharedStorage } from './shared-storage';
import type { SettingWords, TargetSettings } from './settings';
import { withProblems, type EnvironmentSpec } from './environment';
import { checkOptions, common, commonShape, type CommonOptions } from './options';

/** The options of an environment in one namespace of a Kubernetes cluster. */
export interface KubernetesOptions extends CommonOptions {
  /**
   * The namespace. No other application and no other environment may use it, unless both name different clusters with
   * `context`.
   */
  readonly namespace: string;
  /**
   * The kubeconfig context that `pulumi up` deploys to. It also names the cluster: two environments with different
   * contexts may use the same namespace, node ports and routes.
   * @default the current context, which may be that of any other environment
   */
  readonly context?: string;
  /**
   * The image registry to push the application's own images to. An application that builds images needs one.
   * @default none
   */
  readonly registry?: string;
  /**
   * The name of a Secret of type kubernetes.io/dockerconfigjson in the namespace, for pulling images from a private
   * registry. `kubectl create secret docker-registry` creates one.
   * @default none: images are pulled without credentials
   */
  readonly pullSecret?: string;
  /** What serves the routes of a ReverseProxy: `nginx()`, `ingress(…)` or `gateway(…)`. @default nginx() */
  readonly proxy?: ClusterProxy;
  /**
   * The DNS servers of the cluster, which every pod may ask. Name them if the cluster has others than most: then only
   * these are permitted. A node-local cache with an IPv6 address is always named, because each cluster chooses its own.
   * @default CoreDNS or kube-dns in kube-system, caches on the nodes, the DNS servers of Amazon, Azure, Google and
   *   OpenShift
   * @example { dns: [{ pods: { namespace: 'dns', labels: { app: 'coredns' } }, port: 1053 }, { addresses: ['fd00::10/128'] }] }
   */
  readonly dns?: readonly DnsServer[];
  /** The StorageClass of the volumes. @default the default StorageClass of the cluster */
  readonly storageClass?: string;
  /**
   * How the pods of several components share a `SharedVolume`: `readWriteMany({ storageClass })` or `oneNode()`.
   * @default none: an application with a SharedVolume is an error
   */
  readonly sharedStorage?: SharedStorage;
  /**
   * How much CPU and memory a node reserves for a container. With `burstable`, it is what the component requests. With
   * `guaranteed`, it is the whole limit: the pod always has it, and is among the last to be evicted, but fewer pods fit on
   * a node.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
   * @default burstable
   */
  readonly qualityOfService?: QualityOfService;
  /**
   * Who chooses the ids of users and groups. With `declared`, pods run as the `user` of their component. With `assigned`,
   * the objects contain no ids, and the cluster gives each namespace ids of its own, as OpenShift does: it refuses pods
   * that name other ids. Then an image must run as any user, as a member of group 0 and of the group of its volumes.
   * @see https://www.redhat.com/en/blog/a-guide-to-openshift-and-uids
   * @default declared
   * @example { namespace: 'shop', userIds: 'assigned' }
   */
  readonly userIds?: UserIds;
  /**
   * The controller that applies the written manifests from a Git repository: `argoCd(…)` or `flux(…)`.
   * @default none: you run `kubectl apply` or `pulumi up`
   */
  readonly gitops?: GitOps;
  /**
   * Objects of your own that are applied beside those of the components, as they are, for what no component says.
   * @default none
   * @example [Manifest.file('crd.yaml'), Manifest.file('monitoring')]
   */
  readonly manifests?: readonly Manifest[];
  /** Settings for single components, by component name. @default none */
  readonly components?: Readonly<
    Record<string, TargetSettings<'kubernetes', Exposure & { kind: 'node-port' | 'load-balancer' }>>
  >;
}

/** The quality of service class of pods; see {@link KubernetesOptions.qualityOfService}. */
export type QualityOfService = 'guaranteed' | 'burstable';

/** Who chooses the ids of users and groups; see {@link KubernetesOptions.userIds}. */
export type UserIds = (typeof userIdChoices)[number];
export const userIdChoices = ['declared', 'assigned'] as const;

/** A Kubernetes environment with all defaults filled in. `KubernetesOptions` describes the fields. */
export interface KubernetesSpec extends EnvironmentSpec {
  readonly target: 'kubernetes';
  readonly namespace: string;
  readonly context: string | undefined;
  readonly pullSecret: string | undefined;
  readonly dns: readonly DnsServerSpec[];
  readonly storageClass: string | undefined;
  readonly sharedStorage: SharedStorage | undefined;
  readonly qualityOfService: QualityOfService;
  readonly userIds: UserIds;
  readonly gitops: GitOps;
}

/** The options with the types that all environments have. Which of them Kubernetes refuses is checked with the model. */
type KubernetesFields = CommonOptions & Omit<KubernetesOptions, keyof CommonOptions>;

const kubernetesShape: Shape<KubernetesFields> = {
  ...commonShape,
  namespace: text("a namespace, such as 'shop'"),
  context: optional(text("the name of a context, such as 'minikube'")),
  pullSecret: optional(text("the name of a Secret, such as 'registry'")),
  proxy: optional(proxyKind),
  dns: optional(dnsKind),
  storageClass: optional(text("the name of a StorageClass, such as 'standard'")),
  sharedStorage: optional(sharedStorageKind),
  qualityOfService: optional(oneOf('guaranteed', 'burstable')),
  userIds: optional(oneOf(...userIdChoices)),
  gitops: optional(gitOpsKind),
  manifests: optional(
    listOf(manifestKind, (value) =>
      typeof value === 'string'
        ? `[Manifest.file(${quoted(value)})]`
        : "a list, such as [Manifest.file('crd.yaml')]",
    ),
  ),
};

const words: SettingWords = {
  of: 'kubernetes()',
  expose: 'loadBalancer',
  override: "kubernetesObject('Deployment', { reason: 'why', change: (object) => ({ ...object }) })",
};

/**
 * An environment in one namespace of a Kubernetes cluster.
 *
 * @throws IssuesError if the options are not an object
 * @example kubernetes({ namespace: 'shop', secrets: existingSecret('shop') })
 */
export function kubernetes(options: KubernetesOptions): KubernetesSpec {
  requireObject(options, 'kubernetes', "kubernetes({ namespace: 'shop' })");
  const { right, problems } = checkOptions<KubernetesFields>(options, kubernetesShape, words);
  const { context, pullSecret, storageClass, sharedStorage, gitops = { kind: 'none' } } = right;
  const { manifests = [] } = right;
  const proxy = right.proxy ?? { kind: 'nginx' };
  const qualityOfService = right.qualityOfService ?? 'burstable';
  const dns = dnsServers(right.dns);
  const userIds = right.userIds ?? 'declared';
  // A namespace that is missing is a problem. This name stands for it in all other checks.
  const namespace = (right as Partial<KubernetesFields>).namespace ?? 'missing';
  const own = {
    ...{ namespace, context, pullSecret, proxy, dns, storageClass },
    ...{ sharedStorage, qualityOfService, userIds, gitops, manifests },
  };
  const kind = { target: 'kubernetes', publishesAt: 'load-balancer' } as const;
  return keepPlace(withProblems({ ...kind, ...own, ...common(right) }, problems), kubernetes);
}
