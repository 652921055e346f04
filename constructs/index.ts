export { Application, type ApplicationProps } from './components/application';
export { Backend, type BackendProps } from './components/backend';
export { BackendPort } from './components/backend-port';
export { backupVolume, type Backup, type BackupStore } from './values/backup';
export { Cache, type CacheProps } from './components/cache';
export { Component } from './components/component';
export { ContainerComponent } from './components/container';
export type { ContainerProps } from './components/container-props';
export type { UrlOptions } from './components/databases/connection-url';
export { Database, type DatabaseProps } from './components/databases/database';
export { NamedDatabase } from './components/databases/named-database';
export type { NamedDatabaseProps } from './components/databases/several';
export type { SqlDatabase, SqlDatabaseProps } from './components/databases/sql-database';
export { MariadbDatabase } from './components/databases/mariadb';
export { MongoDatabase, type MongoDatabaseProps } from './components/databases/mongo';
export { MysqlDatabase } from './components/databases/mysql';
export { PostgresDatabase } from './components/databases/postgres';
export { External, ExternalApi, type ExternalApiProps } from './components/external';
export { Frontend, type FrontendProps } from './components/frontend';
export { HostProgram, type HostProgramProps } from './components/host-program';
export { Migration, type MigrationProps } from './components/migration';
export { ReverseProxy, type ReverseProxyProps } from './components/reverse-proxy';
export { ScheduledJob, type ScheduledJobProps } from './components/scheduled-job';
export { RedisStore, type RedisStoreProps } from './components/redis-store';
export { SearchEngine, type SearchEngineProps } from './components/search-engine';
export { SharedVolume, type SharedVolumeMount, type SharedVolumeProps } from './components/shared-volume';
export { Worker, type WorkerProps } from './components/worker';
export {
  gateway,
  ingress,
  nginx,
  type GatewayOptions,
  type IngressOptions,
} from './environment/cluster-proxy';
export type { DnsServer, DnsServerSpec } from './environment/dns';
export { docker, type DockerOptions, type DockerSpec } from './environment/docker';
export type { Environment, EnvironmentSpec } from './environment/environment';
export { hostPort, loadBalancer, nodePort } from './environment/exposure';
export { argoCd, flux, type ArgoCdOptions, type FluxOptions } from './environment/gitops';
export { oneNode, readWriteMany, type SharedStorage } from './environment/shared-storage';
export {
  kubernetes,
  type KubernetesOptions,
  type KubernetesSpec,
  type QualityOfService,
  type UserIds,
} from './environment/kubernetes';
export type { ManagedService } from './environment/managed-service';
export {
  envFile,
  existingSecret,
  externalSecrets,
  generated,
  pulumiConfig,
  sealedSecrets,
  sops,
  type ExternalSecretsOptions,
  type OtherSource,
  type SecretSource,
  type StoreEntries,
} from './environment/secret-source';
export type {
  ComponentSettings,
  HostSettings,
  PlacedSettings,
  Setting,
  TargetSettings,
} from './environment/settings';
export { certificateFiles, certManager, tlsSecret, type TlsOptions } from './environment/tls';
export { formatIssue, IssuesError, type Issue } from './issue';
export type { Platform } from './model/image';
export type { Capability } from './model/privilege';
export type { Allocation } from './model/units';
export type { ApplicationModel, Workload } from './model/workload';
export { defineStack, type Stack } from './stack';
export type { Override } from './target/override';
export type { FileProps, FileSource, SecretFileProps, SecretFileSource } from './values/file';
export {
  CommandHealth,
  Health,
  NoHealth,
  type GrpcHealthOptions,
  type HealthOptions,
  type HealthTiming,
  type HttpHealthOptions,
} from './values/health';
export { Image, type BuildOptions, type ImageSource } from './values/image';
export type { InternetAccess, InternetPort } from './values/internet';
export { Json, type JsonData } from './values/json';
export type { PortOptions, PortProps, PortSource } from './values/ports';
export { later, Later } from './values/later';
export type { RootProps } from './values/privilege';
export { PasswordReference, Reference, type AddressPart } from './values/reference';
export {
  Route,
  type RedirectOptions,
  type RouteMatch,
  type RouteOptions,
  type WeightedTarget,
} from './values/route';
export { Schedule, type CronSource } from './values/schedule';
export type { ComposeService } from './values/compose-service';
export { Manifest, type ManifestOptions } from './values/manifest';
export { Secret, SecretFile, type SecretOptions } from './values/secret';
export type { Amount, Autoscale } from './values/sizing';
export type { BindMountSource, ScratchSource, VolumeProps, VolumeSource } from './values/storage';
export { Text, text, type TextPart, type TextValue } from './values/text';
export { Cpu, Duration, Size } from './values/units';
export type { NoPassword } from './values/no-password';
export type { EnvironmentValue } from './values/variable';
