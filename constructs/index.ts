export { Application, type ApplicationProps } from './application';
export { Backend, type BackendProps } from './backend';
export { backupVolume, type Backup, type BackupStore } from './backup';
export { Cache, type CacheProps } from './cache';
export { gateway, ingress, nginx, type GatewayOptions, type IngressOptions } from './cluster-proxy';
export { Component } from './component';
export { ContainerComponent, type ContainerProps } from './container';
export { Database, type DatabaseProps } from './database';
export * from './environment';
export * from './secret-source';
export { External, ExternalApi, type ExternalApiProps } from './external';
export { Frontend, type FrontendProps } from './frontend';
export { argoCd, flux, type ArgoCdOptions, type FluxOptions } from './gitops';
export { CommandHealth, Health, type HealthTiming } from './health';
export { Image, type BuildOptions, type ImageSource } from './image';
export { formatIssue, IssuesError, type Issue } from './issue';
export { Migration, type MigrationProps } from './migration';
export type { Platform } from './model/image';
export { Cpu, Duration, Size, type Allocation } from './model/units';
export type { ApplicationModel, Workload } from './model/workload';
export { MariadbDatabase } from './mariadb';
export { MongoDatabase } from './mongo';
export { MysqlDatabase } from './mysql';
export { PostgresDatabase } from './postgres';
export type { Override } from './target/override';
export { ReverseProxy, type ReverseProxyProps } from './reverse-proxy';
export {
  Route,
  type RedirectOptions,
  type RouteMatch,
  type RouteOptions,
  type WeightedTarget,
} from './route';
export type { ManagedService } from './managed-service';
export type { Amount, Autoscale } from './sizing';
export { Schedule, type CronSource } from './schedule';
export { ScheduledJob, type ScheduledJobProps } from './scheduled-job';
export { SearchEngine, type SearchEngineProps } from './search-engine';
export { defineStack, type Stack } from './stack';
export type { BindMountSource, VolumeProps, VolumeSource } from './storage';
export {
  Json,
  Reference,
  Secret,
  SecretFile,
  Text,
  text,
  type EnvironmentValue,
  type JsonData,
} from './value';
export { Worker, type WorkerProps } from './worker';
