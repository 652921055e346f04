import type { GatewayProps, HttpRouteProps } from './gateway-api';
import type * as k8s from 'cdk8s-plus-28/lib/imports/k8s';

/**
 * The props of an L1 class of cdk8s-plus-28 as plain data, as the Kubernetes API reads it: quantities, and ports that
 * may be names, are plain strings or numbers. Only the types are used: the classes are not loaded.
 */
export type Plain<Type> = Type extends Date
  ? string
  : Type extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : Type extends object
      ? keyof Type extends 'value'
        ? string | number
        : {
            readonly [Key in keyof Type as Spelling<Key>]: Key extends 'preStop' ? PreStop : Plain<Type[Key]>;
          }
      : Type;

/** What happens before a container stops. Its classes are of Kubernetes 1.28, and `sleep` came with 1.30. */
type PreStop = Plain<k8s.LifecycleHandler> & { readonly sleep?: { readonly seconds: number } };

/** Names that the classes spell differently than the API. */
type Spelling<Key> = Key extends keyof Spellings ? Spellings[Key] : Key;
interface Spellings {
  clusterIp: 'clusterIP';
  hostIpc: 'hostIPC';
  hostPid: 'hostPID';
}

interface Props {
  Namespace: ['v1', k8s.KubeNamespaceProps];
  ServiceAccount: ['v1', k8s.KubeServiceAccountProps];
  ConfigMap: ['v1', k8s.KubeConfigMapProps];
  Service: ['v1', k8s.KubeServiceProps];
  PersistentVolumeClaim: ['v1', k8s.KubePersistentVolumeClaimProps];
  Ingress: ['networking.k8s.io/v1', k8s.KubeIngressProps];
  Gateway: ['gateway.networking.k8s.io/v1', GatewayProps];
  HTTPRoute: ['gateway.networking.k8s.io/v1', HttpRouteProps];
  NetworkPolicy: ['networking.k8s.io/v1', k8s.KubeNetworkPolicyProps];
  PriorityClass: ['scheduling.k8s.io/v1', k8s.KubePriorityClassProps];
  Deployment: ['apps/v1', k8s.KubeDeploymentProps];
  StatefulSet: ['apps/v1', k8s.KubeStatefulSetProps];
  Job: ['batch/v1', k8s.KubeJobProps];
  CronJob: ['batch/v1', k8s.KubeCronJobProps];
  HorizontalPodAutoscaler: ['autoscaling/v2', k8s.KubeHorizontalPodAutoscalerV2Props];
  PodDisruptionBudget: ['policy/v1', k8s.KubePodDisruptionBudgetProps];
  ExternalSecret: ['external-secrets.io/v1', ExternalSecretProps];
  SealedSecret: ['bitnami.com/v1alpha1', SealedSecretProps];
}

/** @see https://external-secrets.io/latest/api/externalsecret/ */
interface ExternalSecretProps {
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: string; readonly name: string };
    readonly target: {
      readonly name: string;
      readonly creationPolicy: string;
      readonly deletionPolicy: string;
    };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: {
        readonly key: string;
        readonly property?: string;
        readonly conversionStrategy: string;
        readonly decodingStrategy: string;
        readonly metadataPolicy: string;
      };
    }[];
  };
}

/** @see https://github.com/bitnami-labs/sealed-secrets */
interface SealedSecretProps {
  readonly spec: {
    readonly encryptedData: Readonly<Record<string, string>>;
    readonly template: {
      readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly annotations: Readonly<Record<string, string>>;
      };
      readonly type: string;
    };
  };
}

/** The kinds of API objects that this project renders. */
export type Kind = keyof Props;

/**
 * The kinds whose objects cannot be changed: their names end with a hash of their content. ConfigMap is first, because
 * a Job may contain the name of a ConfigMap, so a new name of the ConfigMap also changes the Job.
 */
export const namedByContent = ['ConfigMap', 'Job'] as const;

/** An object of the Kubernetes API of one kind. */
export type ManifestOf<K extends Kind> = {
  readonly apiVersion: Props[K][0];
  readonly kind: K;
} & Plain<Props[K][1]> & { readonly metadata: Metadata };

/** An object of the Kubernetes API. */
export type Manifest = { [K in Kind]: ManifestOf<K> }[Kind];

/** An object as this project renders it. If its kind has a `spec`, it is always there, although the API makes it optional. */
export type Rendered<K extends Kind> = ManifestOf<K> & {
  readonly [Key in keyof ManifestOf<K> as Key extends 'spec' ? Key : never]-?: RenderedSpec<
    NonNullable<ManifestOf<K>[Key]>
  >;
};

type RenderedSpec<Spec> = Spec extends { readonly template: infer Template }
  ? Spec & { readonly template: Template & { readonly spec: PodSpec } }
  : Spec;

/** The metadata of every object that this project renders. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export type PodContainer = Plain<k8s.Container>;
export type PodSpec = Plain<k8s.PodSpec>;
export type PodProbe = Plain<k8s.Probe>;
export type EnvVar = Plain<k8s.EnvVar>;
export type PolicyPeer = Plain<k8s.NetworkPolicyPeer>;
export type PolicyPort = Plain<k8s.NetworkPolicyPort>;
export type JobSpec = Plain<k8s.JobSpec>;
export type CronJobSpec = Plain<k8s.CronJobSpec>;
/** The fields of a Deployment and of a StatefulSet. */
export type ControllerSpec = Plain<k8s.DeploymentSpec> & Plain<k8s.StatefulSetSpec>;
export type IngressRule = Plain<k8s.IngressRule>;
export type IngressPath = Plain<k8s.HttpIngressPath>;
