import { requireObject } from '../issue';
import type { Backup } from '../components/backup/backup';
import type { ManagedService } from './managed-service';
import type { GitOps } from '../model/gitops';
import type { Exposure } from '../model/network';
import type { ClusterProxy } from '../model/proxy';
import type { Certificate } from '../model/route';
import type { Cpu, Size } from '../model/units';
import type { Workload } from '../model/workload';
import type { SecretSource } from './secret-source';
import type { BindMountSource } from '../values/storage';
import type { EnvironmentValue } from '../values/value';
import type { Amount, Autoscale } from '../values/sizing';
import type { Override } from '../target/override';

/** Publishes at a port of the Docker host. @param address @default every address of the host */
export function hostPort(port: number, address = '0.0.0.0'): Exposure & { kind: 'host-port' } {
  return { kind: 'host-port', port, address };
}

/** Publishes at the same port of every node. @param port of the Service within the cluster @default 80 */
export function nodePort(nodePort: number, port = 80): Exposure & { kind: 'node-port' } {
  return { kind: 'node-port', nodePort, port };
}

/** Publishes at an address of its own. */
export function loadBalancer(port: number): Exposure & { kind: 'load-balancer' } {
  return { kind: 'load-balancer', port };
}

/** HTTPS at a proxy. */
export interface TlsOptions {
  readonly certificate: Certificate;
  /** Where visitors who come without TLS are sent on to it. @default 80 where HTTPS is published at 443, else nowhere */
  readonly redirectFrom?: number;
}

/** A certificate, with those of its issuers, and its key, both in PEM, as secrets of these names. */
export function certificateFiles(
  certificate = 'TLS_CERTIFICATE',
  key = 'TLS_KEY',
): Certificate & { kind: 'secrets' } {
  return { kind: 'secrets', certificate, key };
}

/** A certificate from a Secret of type kubernetes.io/tls in the namespace. */
export function tlsSecret(name: string): Certificate & { kind: 'tls-secret' } {
  return { kind: 'tls-secret', name };
}

/** A certificate that cert-manager gets from a ClusterIssuer, and renews. */
export function certManager(clusterIssuer: string): Certificate & { kind: 'issuer' } {
  return { kind: 'issuer', name: clusterIssuer };
}

/** What an environment says of one component; it wins over what the application says. */
export interface ComponentSettings {
  readonly replicas?: number;
  readonly autoscale?: Autoscale | 'off';
  readonly cpu?: Amount<Cpu>;
  readonly memory?: Amount<Size>;
  readonly storage?: Size;
  /** HTTPS at a reverse proxy. */
  readonly tls?: TlsOptions | 'off';
  /** In place of the application's backup of the component. */
  readonly backup?: Backup | 'off';
  /** Added to the application's variables; the same name wins. */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /** Policies that are wrong for the component here, added to the application's. */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** A service that somebody else runs in the component's place. */
  readonly managed?: ManagedService;
}

/** The name of something that an environment can say of a component. */
export type Setting = keyof PlacedSettings;

/** What an environment of one target says of one component. */
export interface TargetSettings<Target extends string, Published extends Exposure> extends ComponentSettings {
  /** How it is published. @default the port that the application publishes, in the way of the target */
  readonly expose?: Published;
  /**
   * Changes to the objects that the component is on the target, for what no other setting can say. Each is in
   * the report of synth. @default none
   */
  readonly overrides?: readonly Override<Target>[];
}

/** What an environment on a Docker host says of one component besides. */
export interface HostSettings {
  /** Folders of the host, added to the application's. @default none */
  readonly bindMounts?: readonly BindMountSource[];
}

/** What some environment says of one component. */
export interface PlacedSettings extends TargetSettings<string, Exposure>, HostSettings {}

interface CommonOptions {
  /** What the application leaves open, see {@link Application.choose}. @default its first option of each */
  readonly choices?: Readonly<Record<string, string>>;
  /** @default no secrets: an application that needs one is refused */
  readonly secrets?: SecretSource;
  /** Whether volumes with data stay when the stack is destroyed. @default keep */
  readonly data?: 'keep' | 'delete';
  /** Fields of the model that the target refuses and that this environment does without. @default none */
  readonly accept?: readonly (keyof Workload)[];
  /**
   * `pinned` refuses an image that images.lock.json has no digest of, so that the same commit always runs the
   * same bytes. @default any: an image that is not pinned runs by its tag
   */
  readonly images?: 'any' | 'pinned';
  /**
   * Policies that are wrong for every component here, by name, and why: `catamaran check` tells it once. What is
   * wrong for one component alone belongs into its own exceptions. @default none
   */
  readonly exceptions?: Readonly<Record<string, string>>;
}

/** One Docker engine on one host. */
export interface DockerOptions extends CommonOptions {
  readonly secrets?: SecretSource & {
    readonly kind: 'none' | 'env-file' | 'pulumi-config' | 'generated' | 'sops';
  };
  /** The engine to deploy to with Pulumi. @default what DOCKER_HOST or the Docker context says */
  readonly host?: string;
  /**
   * Where the images that the application builds are pushed. One that was pushed and pinned is pulled from
   * there; one that was not is built on the engine. @default none: they are built on the engine
   */
  readonly registry?: string;
  readonly components?: Readonly<
    Record<string, TargetSettings<'docker', Exposure & { kind: 'host-port' }> & HostSettings>
  >;
}

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

/**
 * An environment with every default chosen, as far as every target has it: what `docker()` and `kubernetes()` return has
 * more.
 */
export interface EnvironmentSpec {
  /** The name of its target, such as `docker`. */
  readonly target: string;
  /** How a component is published whose `publish` names a port, and for which the environment says no more. */
  readonly publishesAt: 'host-port' | 'load-balancer';
  /** What carries out the routes of a ReverseProxy. */
  readonly proxy: ClusterProxy;
  readonly choices: Readonly<Record<string, string>>;
  readonly secrets: SecretSource;
  readonly data: 'keep' | 'delete';
  readonly accept: readonly (keyof Workload)[];
  readonly images: 'any' | 'pinned';
  readonly exceptions: Readonly<Record<string, string>>;
  readonly registry: string | undefined;
  readonly components: Readonly<Record<string, PlacedSettings>>;
}

/** A Docker environment with every default chosen. */
export interface DockerSpec extends EnvironmentSpec {
  readonly target: 'docker';
  readonly host: string | undefined;
}

/** A Kubernetes environment with every default chosen. */
export interface KubernetesSpec extends EnvironmentSpec {
  readonly target: 'kubernetes';
  readonly namespace: string;
  readonly context: string | undefined;
  readonly pullSecret: string | undefined;
  readonly storageClass: string | undefined;
  readonly qualityOfService: QualityOfService;
  readonly gitops: GitOps;
}

/** An environment with its name, such as production: where an application runs, how big, how it is exposed, and where its secrets come from. */
export type Environment<Spec extends EnvironmentSpec = EnvironmentSpec> = Spec & { readonly name: string };

/** An environment on one Docker host. */
export function docker(options: DockerOptions = {}): DockerSpec {
  const { host } = requireObject(options, 'docker', 'nothing, or { secrets: envFile() }');
  return { target: 'docker', publishesAt: 'host-port', proxy: { kind: 'nginx' }, host, ...common(options) };
}

/** An environment in one namespace of a cluster. */
export function kubernetes(options: KubernetesOptions): KubernetesSpec {
  requireObject(options, 'kubernetes', "{ namespace: 'shop' }");
  const { namespace, context, pullSecret, storageClass, gitops = { kind: 'none' } } = options;
  const proxy = options.proxy ?? { kind: 'nginx' };
  const qualityOfService = options.qualityOfService ?? 'guaranteed';
  const own = { namespace, context, pullSecret, proxy, storageClass, qualityOfService, gitops };
  return { target: 'kubernetes', publishesAt: 'load-balancer', ...own, ...common(options) };
}

function common(
  options: DockerOptions | KubernetesOptions,
): Omit<EnvironmentSpec, 'target' | 'publishesAt' | 'proxy'> {
  return {
    choices: options.choices ?? {},
    secrets: options.secrets ?? { kind: 'none' },
    data: options.data ?? 'keep',
    accept: options.accept ?? [],
    images: options.images ?? 'any',
    exceptions: options.exceptions ?? {},
    registry: options.registry,
    components: options.components ?? {},
  };
}
