import { requireObject } from '../issue';
import type { GitOps } from '../model/gitops';
import type { Exposure } from '../model/network';
import type { ClusterProxy } from '../model/proxy';
import type { TargetSettings } from './settings';
import { common, type CommonOptions, type CommonSpec } from './spec';

/** One namespace of a Kubernetes cluster. */
export interface KubernetesOptions extends CommonOptions {
  readonly namespace: string;
  /** The kubeconfig context to deploy to with Pulumi. @default the current one */
  readonly context?: string;
  /** Where the images that the application builds are pushed. @default none: it may build none */
  readonly registry?: string;
  /**
   * A Secret of type kubernetes.io/dockerconfigjson in the namespace, with the credentials that images are
   * pulled with; `kubectl create secret docker-registry` makes one. @default none: images are public
   */
  readonly pullSecret?: string;
  /** What carries out the routes of a ReverseProxy. @default nginx(): its own nginx */
  readonly proxy?: ClusterProxy;
  /** @default the cluster's default storage class */
  readonly storageClass?: string;
  /**
   * What nodes keep free for a container: `guaranteed` all that it may take, so that it never goes short and is the
   * last to be evicted; `burstable` what its component requests, so that more of them fit on a node. That breaks
   * the policy guaranteed-resources, unless the environment says why it may:
   * `exceptions: { 'guaranteed-resources': 'it is for trying things out' }`.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
   * @default guaranteed
   */
  readonly qualityOfService?: QualityOfService;
  /** Who applies what is written. @default nobody: `kubectl apply` or `pulumi up` */
  readonly gitops?: GitOps;
  readonly components?: Readonly<
    Record<string, TargetSettings<'kubernetes', Exposure & { kind: 'node-port' | 'load-balancer' }>>
  >;
}

/** The class of pods that requests and limits make. */
export type QualityOfService = 'guaranteed' | 'burstable';

/** A Kubernetes environment with every default chosen. */
export interface KubernetesSpec extends CommonSpec {
  readonly target: 'kubernetes';
  readonly namespace: string;
  readonly context: string | undefined;
  readonly pullSecret: string | undefined;
  readonly proxy: ClusterProxy;
  readonly storageClass: string | undefined;
  readonly qualityOfService: QualityOfService;
  readonly gitops: GitOps;
}

/** An environment in one namespace of a cluster. */
export function kubernetes(options: KubernetesOptions): KubernetesSpec {
  requireObject(options, 'kubernetes', "{ namespace: 'shop' }");
  const { namespace, context, pullSecret, storageClass, gitops = { kind: 'none' } } = options;
  const proxy = options.proxy ?? { kind: 'nginx' };
  const qualityOfService = options.qualityOfService ?? 'guaranteed';
  const own = { namespace, context, pullSecret, proxy, storageClass, qualityOfService, gitops };
  return { target: 'kubernetes', ...own, ...common(options) };
}

/** The name of the Secret in the cluster that holds every secret of an application. */
export function applicationSecret(application: string, { secrets }: KubernetesSpec): string {
  return secrets.kind === 'existing-secret' ? secrets.name : `${application}-secrets`;
}
