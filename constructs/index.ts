export { Application, type ApplicationProps } from './components/application';
export { Backend, type BackendProps } from './components/backend';
export { backupVolume, type Backup, type BackupStore } from './components/backup/backup';
export { Cache, type CacheProps } from './components/cache';
export {
  gateway,
  ingress,
  nginx,
  type GatewayOptions,
  type IngressOptions,
} from './environment/cluster-proxy';
export { Component } from './components/component';
export { ContainerComponent, type ContainerProps } from './components/container';
export { Database, type DatabaseProps } from './components/databases/database';
export * from './environment/environment';
export * from './environment/secret-source';
export { External, ExternalApi, type ExternalApiProps } from './components/external';
export { Frontend, type FrontendProps } from './components/frontend';
export { argoCd, flux, type ArgoCdOptions, type FluxOptions } from './environment/gitops';
export { CommandHealth, Health, type HealthTiming } from './values/health';
export { Image, type BuildOptions, type ImageSource } from './values/image';
export { formatIssue, IssuesError, type Issue } from './issue';
export { Migration, type MigrationProps } from './components/migration';
export type { Platform } from './model/image';
export { Cpu, Duration, Size, type Allocation } from './model/units';
export type { ApplicationModel, Workload } from './model/workload';
export { MariadbDatabase } from './components/databases/mariadb';
export { MongoDatabase } from './components/databases/mongo';
export { MysqlDatabase } from './components/databases/mysql';
export { PostgresDatabase } from './components/databases/postgres';
export type { Override } from './target/override';
export { ReverseProxy, type ReverseProxyProps } from './components/reverse-proxy';
export {
  Route,
  type RedirectOptions,
  type RouteMatch,
  type RouteOptions,
  type WeightedTarget,
} from './values/route';
export type { ManagedService } from './environment/managed-service';
export type { Amount, Autoscale } from './values/sizing';
export { Schedule, type CronSource } from './values/schedule';
export { ScheduledJob, type ScheduledJobProps } from './components/scheduled-job';
export { SearchEngine, type SearchEngineProps } from './components/search-engine';
export { defineStack, type Stack } from './stack';
export type { BindMountSource, VolumeProps, VolumeSource } from './values/storage';
export {
  Json,
  Reference,
  Secret,
  SecretFile,
  Text,
  text,
  type EnvironmentValue,
  type JsonData,
} from './values/value';
export { Worker, type WorkerProps } from './components/worker';
