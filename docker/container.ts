import type { Template } from '../constructs/model/template';
import type { Protocol } from '../constructs/model/network';
import { forEverybody, isProgram, type SharedMount, type Volume } from '../constructs/model/storage';
import type { Dependency, Workload } from '../constructs/model/workload';
import { unique } from '../constructs/model/sorted';
import { contentHash } from '../constructs/target/hash';
import type { EngineOptions } from './engine-options';

/**
 * The label of all containers, networks and volumes that Pulumi creates, except volumes with data. Its value is different
 * for each Pulumi stack, so that a stack removes only its own objects.
 */
export const deploymentLabel = 'catamaran.deployment';

/** Files in one folder of a container. The `id` changes when the files change. */
export interface MountedFiles {
  readonly id: string;
  readonly path: string;
  /** By file name: the content of a configuration file, or the name of a secret. */
  readonly files: Readonly<Record<string, string>>;
  /** The modes of the files that have one of their own, as numbers by file name. @default none */
  readonly modes?: Readonly<Record<string, number>>;
  /**
   * What else the folder depends on, if it is a volume that starts with the content of the image: the image, and the files
   * that are mounted into it. @default none: the folder has these files only
   */
  readonly beside?: readonly string[];
}

/** Makes mounted files, with an id that ends with a hash of their path, their content and what is beside them. */
export function identified(
  label: string,
  path: string,
  files: MountedFiles['files'],
  { modes = {}, beside = [] }: Pick<MountedFiles, 'modes' | 'beside'> = {},
): MountedFiles {
  const others = {
    ...(Object.keys(modes).length > 0 && { modes }),
    ...(beside.length > 0 && { beside }),
  };
  const hash = contentHash([path, files, ...(Object.keys(others).length > 0 ? [others] : [])]);
  return { id: `${label}-${hash}`, path, files, ...others };
}

/** The mode of a configuration file: its own; else everybody may read it, and execute it if it is a program. */
export function modeOfConfig({ modes = {} }: MountedFiles, name: string, content: string): number {
  const own = modes[name];
  return own === undefined ? (isProgram(content) ? 0o555 : 0o444) : forEverybody(own);
}

/** The mode of a file with a secret. */
export function modeOfSecret({ modes = {} }: MountedFiles, name: string): number {
  return forEverybody(modes[name] ?? 0o440);
}

/** A mode as octal digits, such as `0444`. */
export function octal(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}

/** The id without its hash, such as `database-secrets`. */
export function labelOf({ id }: Pick<MountedFiles, 'id'>): string {
  return id.slice(0, id.lastIndexOf('-'));
}

/** The sources of an image that the engine builds. */
export interface EngineBuild {
  /** Relative to the application's folder. */
  readonly context: string;
  /** Relative to the context. */
  readonly dockerfile: string;
  /** @default the last stage */
  readonly target?: string;
  /** @default none */
  readonly args?: Readonly<Record<string, string>>;
  /** The names of secrets by their ids. @default none */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A health check, as the engine takes it. Times are in milliseconds. */
export interface HealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

/**
 * A network. `edge` connects the two components of a reference. `publish` is for the published ports of a workload, and
 * `outbound` for its connections to the outside.
 */
export interface Network {
  readonly name: string;
  readonly kind: 'edge' | 'publish' | 'outbound';
}

/** Options of a network for a reference: the host has no address in it, so that containers cannot reach the host. */
export const withoutHost = { 'com.docker.network.bridge.inhibit_ipv4': 'true' };

/**
 * Options of a network for a published port: replies reach visitors, but containers cannot open connections through it.
 */
export const inboundOnly = { 'com.docker.network.bridge.enable_ip_masquerade': 'false' };

/** The connection of a container to a network, with the container's names in it. */
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

/** The volumes that must get the user of their container as owner before the container starts. */
export function unowned<One extends Pick<DataVolume, 'ownership'>>(volumes: readonly One[]): One[] {
  return volumes.filter(({ ownership }) => ownership === 'target');
}

/**
 * A folder that starts with what the image has there, in a volume of its own. The `id` changes with the image, so that a new
 * image gets a new volume.
 */
export interface ImageFolder {
  readonly id: string;
  readonly path: string;
}

/** Makes a folder that starts with what an image has there. */
export function imageFolder(label: string, path: string, image: string): ImageFolder {
  return { id: `${label}-${contentHash([path, image])}`, path };
}

/** Whether a container runs as root. Then the files in its folders keep their owners. */
export function isRoot({ user: { uid } }: Pick<Container, 'user'>): boolean {
  return uid === 0;
}

/** A mount of a volume that other containers mount as well. */
export interface SharedFolder {
  readonly name: string;
  readonly path: string;
  readonly access: SharedMount['access'];
}

/** A folder of the host that a container mounts. */
export interface Bind {
  /** Relative to the application's folder. */
  readonly folder: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** A port of a container at a port of the host. */
export interface PublishedPort {
  /** The port of the host. */
  readonly port: number;
  /** The port of the container. */
  readonly target: number;
  /** The address of the host. */
  readonly address: string;
  /** @default tcp */
  readonly protocol?: Protocol;
}

/** The containers of one workload: one for each replica, all equal. */
export interface Container {
  readonly name: string;
  readonly replicas: number;
  readonly image: string;
  /** The image of the containers that help this one; empty if its own image has what they need. */
  readonly toolbox: string;
  /** Empty for an image of a registry. */
  readonly builds: readonly EngineBuild[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, Template>>;
  readonly configs: readonly MountedFiles[];
  readonly secrets: readonly MountedFiles[];
  readonly volumes: readonly DataVolume[];
  readonly shared: readonly SharedFolder[];
  readonly binds: readonly Bind[];
  /** Folders in memory; sizes in bytes. */
  readonly tmpfs: readonly { readonly path: string; readonly size: number }[];
  /** Writable folders that start with what the image has there. */
  readonly imageFolders: readonly ImageFolder[];
  /** Whether the container can write only to its volumes and its folders in memory. */
  readonly readOnly: boolean;
  readonly user: { readonly uid: number; readonly gid: number };
  /** The groups that the user is in besides its own. */
  readonly groups: readonly number[];
  /** The Linux capabilities of the container. */
  readonly capabilities: readonly string[];
  readonly networks: readonly Attachment[];
  readonly publish: readonly PublishedPort[];
  readonly cpus: number;
  /** The weight when the CPUs are busy: 1024 for each requested core. */
  readonly cpuShares: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes. */
  readonly memoryReservation: number;
  readonly pids: number;
  /** Empty if the workload has no health check. */
  readonly health: readonly HealthCheck[];
  /** Whether a health check that the image brings is switched off, because the component says that it has none. */
  readonly imageHealth: 'kept' | 'off';
  readonly after: readonly { readonly name: string; readonly until: Dependency['until'] }[];
  readonly run: Workload['run'];
  /** For other programs, which read them from the engine. */
  readonly labels: Readonly<Record<string, string>>;
  /** Empty for the image's own. */
  readonly workingDirectory: string;
  readonly terminal: Workload['terminal'];
  readonly stdin: Workload['stdin'];
  readonly init: Workload['init'];
  readonly stopSignal: Workload['stopSignal'];
  readonly platform: Workload['platform'];
  /** Milliseconds. */
  readonly grace: number;
  /** Milliseconds after which a release fails if the container is not healthy; 0 without a health check. */
  readonly patience: number;
  /** Most of them are set only by overrides. */
  readonly engine: EngineOptions;
}

/** The paths where a container mounts volumes, folders of the host and folders in memory. */
export function mountPathsOf({ volumes, shared, imageFolders, binds, tmpfs }: Container): string[] {
  return [...volumes, ...shared, ...imageFolders, ...binds, ...tmpfs].map(({ path }) => path);
}

/** The user of a container, as `uid:gid`. */
export function userOf({ user }: Pick<Container, 'user'>): string {
  return `${user.uid}:${user.gid}`;
}

/** The groups of a container besides that of its user: those of its component, and those of its overrides. */
export function groupsOf({ groups, engine }: Pick<Container, 'groups' | 'engine'>): string[] {
  return unique([...groups.map(String), ...(engine.groups ?? [])]);
}

/** Whether the containers of two releases can run at the same time. Two schedulers would run a job twice. */
export function isShareable({ run, publish }: Container): boolean {
  return run !== 'stateful' && run !== 'scheduled' && publish.length === 0;
}
