import { keepPlace } from '../code-place';
import { requireObject } from '../issue';
import type { GitOps } from '../model/gitops';
import type { Exposure } from '../model/network';
import type { ClusterProxy } from '../model/proxy';
import { optional, type Shape } from '../shape/kind';
import { oneOf, text } from '../shape/words';
import { proxyKind } from './cluster-proxy';
import { gitOpsKind } from './gitops';
import type { SettingWords, TargetSettings } from './settings';
import { withProblems, type EnvironmentSpec } from './environment';
import { checkOptions, common, commonShape, type CommonOptions } from './options';

/** The options of an environment in one namespace of a Kubernetes cluster. */
export interface KubernetesOptions extends CommonOptions {
  /** The namespace. No other application may use it. */
  readonly namespace: string;
  /** The kubeconfig context that `pulumi up` deploys to. @default the current context */
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
  /** The StorageClass of the volumes. @default the default StorageClass of the cluster */
  readonly storageClass?: string;
  /**
   * The quality of service of the pods. With `guaranteed`, a node reserves each container's full limit of CPU and
   * memory: the pod always has it, and is among the last to be evicted. With `burstable`, a node reserves only the
   * request, so that more pods fit on a node. `burstable` breaks the policy guaranteed-resources and so needs an
   * exception.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
   * @default guaranteed
   * @example { qualityOfService: 'burstable', exceptions: { 'guaranteed-resources': 'a cluster for tests' } }
   */
  readonly qualityOfService?: QualityOfService;
  /**
   * The controller that applies the written manifests from a Git repository: `argoCd(…)` or `flux(…)`.
   * @default none: you run `kubectl apply` or `pulumi up`
   */
  readonly gitops?: GitOps;
  /** Settings for single components, by component name. @default none */
  readonly components?: Readonly<
    Record<string, TargetSettings<'kubernetes', Exposure & { kind: 'node-port' | 'load-balancer' }>>
  >;
}

/** The quality of service class of pods; see {@link KubernetesOptions.qualityOfService}. */
export type QualityOfService = 'guaranteed' | 'burstable';

/** A Kubernetes environment with all defaults filled in. `KubernetesOptions` describes the fields. */
export interface KubernetesSpec extends EnvironmentSpec {
  readonly target: 'kubernetes';
  readonly namespace: string;
  readonly context: string | undefined;
  readonly pullSecret: string | undefined;
  readonly storageClass: string | undefined;
  readonly qualityOfService: QualityOfService;
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
  storageClass: optional(text("the name of a StorageClass, such as 'standard'")),
  qualityOfService: optional(oneOf('guaranteed', 'burstable')),
  gitops: optional(gitOpsKind),
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
  const { context, pullSecret, storageClass, gitops = { kind: 'none' } } = right;
  const proxy = right.proxy ?? { kind: 'nginx' };
  const qualityOfService = right.qualityOfService ?? 'guaranteed';
  // A namespace that is missing is a problem. This name stands for it in all other checks.
  const namespace = (right as Partial<KubernetesFields>).namespace ?? 'missing';
  const own = { namespace, context, pullSecret, proxy, storageClass, qualityOfService, gitops };
  const kind = { target: 'kubernetes', publishesAt: 'load-balancer' } as const;
  return keepPlace(withProblems({ ...kind, ...own, ...common(right) }, problems), kubernetes);
}
