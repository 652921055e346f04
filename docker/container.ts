import type { Template } from '../constructs/model/template';
import type { Volume } from '../constructs/model/storage';
import type { Workload } from '../constructs/model/workload';
import { contentHash } from '../constructs/target/hash';
import type { EngineOptions } from './engine-options';

/** The label of all but data: its value is one for each state of Pulumi, which nobody else removes anything of. */
export const deploymentLabel = 'catamaran.deployment';

/** Files in one folder of a container. `id` changes with what they are. */
export interface MountedFiles {
  readonly id: string;
  readonly path: string;
  /** By file name: the content of configuration, the name of a secret. */
  readonly files: Readonly<Record<string, string>>;
}

/** Files under an id that is made of them. */
export function identified(
  label: string,
  path: string,
  files: Readonly<Record<string, string>>,
): MountedFiles {
  return { id: `${label}-${contentHash([path, files])}`, path, files };
}

/** What the files are for, as `database-secrets`: their id without what changes with them. */
export function labelOf({ id }: MountedFiles): string {
  return id.slice(0, id.lastIndexOf('-'));
}

/** An image that is built on the engine. */
export interface EngineBuild {
  /** Relative to the application's folder. */
  readonly context: string;
  /** Relative to the context. */
  readonly dockerfile: string;
}

/** A health check, in the terms of the engine. Times are in milliseconds. */
export interface HealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

/** A network between the two ends of a reference, or the way in or out of one workload. */
export interface Network {
  readonly name: string;
  readonly kind: 'edge' | 'publish' | 'outbound';
}

/** Options of a network between two ends: the host has no address in it, so that nobody reaches the host. */
export const withoutHost = { 'com.docker.network.bridge.inhibit_ipv4': 'true' };

/** Options of a network to be published in: answers find their way back, connections of one's own do not. */
export const inboundOnly = { 'com.docker.network.bridge.enable_ip_masquerade': 'false' };

/**
 * What Pulumi's containers are held to, besides their capabilities. Engines with the first version of cgroups show
 * containers those of the host.
 */
export const confined = { securityOpts: ['no-new-privileges:true'], cgroupnsMode: 'private' };

/** A place of a container in a network. */
export interface Attachment {
  readonly network: Network;
  readonly aliases: readonly string[];
}

/** A volume with data. */
export interface DataVolume {
  readonly name: string;
  readonly path: string;
  readonly ownership: Volume['ownership'];
}

/** The paths of the volumes that have to be given to the container's user before it starts. */
export function unowned({ volumes }: Pick<Container, 'volumes'>): DataVolume[] {
  return volumes.filter(({ ownership }) => ownership === 'target');
}

/** A folder of the engine's host. */
export interface Bind {
  /** Relative to the application's folder. */
  readonly folder: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** One workload: as many equal containers as it has replicas. */
export interface Container {
  readonly name: string;
  readonly replicas: number;
  readonly image: string;
  /** None for an image of a registry. */
  readonly builds: readonly EngineBuild[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, Template>>;
  readonly configs: readonly MountedFiles[];
  readonly secrets: readonly MountedFiles[];
  readonly volumes: readonly DataVolume[];
  readonly binds: readonly Bind[];
  /** Folders in memory; sizes in bytes. */
  readonly tmpfs: readonly { readonly path: string; readonly size: number }[];
  readonly user: { readonly uid: number; readonly gid: number };
  readonly networks: readonly Attachment[];
  readonly publish: readonly { readonly port: number; readonly target: number; readonly address: string }[];
  readonly cpus: number;
  /** Its share when the processors are busy; 1024 for each core that it is sure to get. */
  readonly cpuShares: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes. */
  readonly memoryReservation: number;
  readonly pids: number;
  /** None where nothing is to be asked. */
  readonly health: readonly HealthCheck[];
  readonly after: readonly { readonly name: string; readonly until: 'ready' | 'completed' }[];
  readonly run: Workload['run'];
  /** Milliseconds. */
  readonly grace: number;
  /** Milliseconds until a container that is not healthy has failed; 0 where nothing tells. */
  readonly patience: number;
  /** Empty but for overrides. */
  readonly engine: EngineOptions;
}

/** Whether two releases can run at once. Two schedulers would run a job twice. */
export function isShareable({ run, publish }: Container): boolean {
  return run !== 'stateful' && run !== 'scheduled' && publish.length === 0;
}
