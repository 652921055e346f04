import type {
  ArgoCdOptions,
  Autoscale,
  Backup,
  BindMountSource,
  CacheProps,
  ComponentSettings,
  ContainerProps,
  DockerOptions,
  ExternalApiProps,
  ExternalSecretsOptions,
  FluxOptions,
  GatewayOptions,
  GrpcHealthOptions,
  HostProgramProps,
  HealthTiming,
  HttpHealthOptions,
  IngressOptions,
  JsonData,
  KubernetesOptions,
  ManagedService,
  MongoDatabaseProps,
  RedirectOptions,
  RedisStoreProps,
  ReverseProxyProps,
  RouteOptions,
  ScheduledJobProps,
  SearchEngineProps,
  SqlDatabaseProps,
  VolumeProps,
} from 'catamaran';

// An application as plain data, which prints well when a case shrinks. Other components are named.

export type ValueDescription =
  | { readonly kind: 'plain'; readonly value: string | number | boolean }
  | { readonly kind: 'json'; readonly data: JsonData }
  | SecretDescription
  | { readonly kind: 'reference'; readonly to: string; readonly as: 'url' | 'endpoint' | 'dns' };

/** What the names of secrets with a default start with. */
export const optionalPrefix = 'OPTIONAL_';

export interface SecretDescription {
  readonly kind: 'secret';
  readonly name: string;
  readonly random: boolean;
  readonly file: boolean;
}

export type Variables = Readonly<Record<string, ValueDescription>>;

export type ImageDescription =
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'build'; readonly context: string };

export type HealthDescription =
  | { readonly kind: 'http'; readonly path: string; readonly options: HttpHealthOptions }
  | { readonly kind: 'tcp'; readonly timing: HealthTiming }
  | { readonly kind: 'grpc'; readonly options: GrpcHealthOptions }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'command'; readonly command: readonly string[]; readonly timing: HealthTiming };

export type CommandHealthDescription = HealthDescription & { readonly kind: 'command' | 'none' };

/** The content of a file: texts, and the addresses of components in them. */
export type FileDescription = readonly (string | { readonly endpoint: string })[];

/** What a component of one program says. */
export type ContainerDescription = Omit<ContainerProps, 'image' | 'env' | 'files' | 'waitsFor'> & {
  readonly image: ImageDescription;
  readonly env: Variables;
  readonly files: Readonly<Record<string, FileDescription>>;
  readonly waitsFor: readonly string[];
};

interface Scaled {
  readonly replicas?: number;
  readonly autoscale?: Autoscale;
}

export type BackendDescription = ContainerDescription &
  Scaled &
  VolumeProps & {
    readonly port: number;
    readonly ports?: {
      readonly metrics?: number;
      readonly dns?: { readonly number: number; readonly protocol?: 'tcp' | 'udp' };
    };
    readonly health?: HealthDescription;
    readonly liveness?: HealthDescription;
    readonly publish?: number;
  };

export type RouteDescription =
  | {
      readonly kind: 'forward';
      readonly path: string;
      readonly targets: readonly { readonly component: string; readonly weight: number }[];
      readonly options: Omit<RouteOptions, 'auth'> & {
        readonly auth?: { readonly user: string; readonly password: SecretDescription };
      };
    }
  | {
      readonly kind: 'redirect';
      readonly path: string;
      readonly to: string;
      readonly options: RedirectOptions;
    };

export type ComponentDescription = { readonly name: string } & (
  | { readonly kind: 'backend'; readonly props: BackendDescription }
  | { readonly kind: 'static-frontend'; readonly props: Omit<BackendDescription, 'port' | 'ports' | 'root'> }
  | {
      readonly kind: 'worker';
      readonly props: ContainerDescription &
        Scaled &
        VolumeProps & {
          readonly health?: CommandHealthDescription;
          readonly liveness?: CommandHealthDescription;
        };
    }
  | {
      readonly kind: 'migration';
      readonly props: ContainerDescription & {
        readonly command: readonly string[];
        readonly check?: readonly string[];
        readonly repeatable?: boolean;
      };
    }
  | {
      readonly kind: 'job';
      readonly props: ContainerDescription &
        Pick<ScheduledJobProps, 'schedule' | 'timeout' | 'retries' | 'startWithin' | 'command'>;
    }
  | {
      readonly kind: 'postgres' | 'mysql' | 'mariadb';
      readonly props: SqlDatabaseProps;
    }
  | { readonly kind: 'mongo'; readonly props: MongoDatabaseProps }
  | { readonly kind: 'cache'; readonly props: CacheProps }
  | { readonly kind: 'redis'; readonly props: RedisStoreProps }
  | { readonly kind: 'search'; readonly props: SearchEngineProps }
  | { readonly kind: 'external'; readonly props: ExternalApiProps }
  | { readonly kind: 'host-program'; readonly props: HostProgramProps }
  | {
      readonly kind: 'proxy';
      readonly props: Omit<ReverseProxyProps, 'routes' | 'image'> & {
        readonly routes: readonly RouteDescription[];
      };
    }
);

export type SecretsDescription =
  | { readonly kind: 'none' | 'pulumi-config' }
  | { readonly kind: 'env-file' | 'existing-secret'; readonly name: string }
  | { readonly kind: 'generated'; readonly others: 'none' | 'env-file' | 'pulumi-config' }
  | { readonly kind: 'external-secrets'; readonly options: ExternalSecretsOptions };

/** What an environment says of a component; `expose` as the model has it. */
export type SettingsDescription = Omit<ComponentSettings, 'env' | 'managed'> & {
  readonly env?: Variables;
  readonly managed?: Omit<ManagedService, 'url'> & { readonly url?: SecretDescription };
  readonly bindMounts?: readonly BindMountSource[];
  readonly expose?: ExposeDescription;
  /** The reasons of overrides, each of which changes something harmless. */
  readonly overrides?: readonly string[];
};

export type ExposeDescription =
  | { readonly kind: 'host-port'; readonly port: number; readonly address: string }
  | { readonly kind: 'node-port'; readonly port: number; readonly nodePort: number }
  | { readonly kind: 'load-balancer'; readonly port: number };

interface CommonPlace {
  readonly secrets: SecretsDescription;
  readonly components: Readonly<Record<string, SettingsDescription>>;
}

export type PlaceDescription =
  | ({ readonly target: 'docker' } & CommonPlace & Omit<DockerOptions, 'secrets' | 'components'>)
  | ({ readonly target: 'kubernetes' } & CommonPlace &
      Omit<KubernetesOptions, 'secrets' | 'components' | 'proxy' | 'gitops'> & {
        readonly proxy: ProxyDescription;
        readonly gitops: GitOpsDescription;
      });

export type ProxyDescription =
  | { readonly kind: 'nginx' }
  | { readonly kind: 'ingress'; readonly options: IngressOptions }
  | { readonly kind: 'gateway'; readonly options: GatewayOptions };

export type GitOpsDescription =
  | { readonly kind: 'none' }
  | { readonly kind: 'argo-cd'; readonly options: ArgoCdOptions }
  | { readonly kind: 'flux'; readonly options: FluxOptions };

export interface Description {
  readonly name: string;
  readonly environment: string;
  readonly version: string;
  readonly owner: { readonly team?: string; readonly email?: string };
  /** What the application leaves open, and its options. */
  readonly open: Readonly<Record<string, readonly [string, ...string[]]>>;
  readonly components: readonly ComponentDescription[];
  readonly place: PlaceDescription;
}

export type { Backup };
