import type { Connection, Exposure, Port } from './network';
import type { Exception } from './exception';
import type { HealthModel, Gate } from './health';
import type { ImageModel } from './image';
import type { RouteModel, Tls } from './route';
import type { ScheduleModel } from './schedule';
import type { BindMount, Folder, Scratch, SecretFolder, Volume } from './storage';
import type { Encrypted } from './secret';
import type { Template } from './template';
import type { Allocation, Cpu, Duration, Size } from './units';

/**
 * How a workload runs: `service` for ever with interchangeable replicas, `stateful` for ever with data of
 * its own, `once` to completion at every release, `scheduled` to completion at the times of its schedule.
 */
export type Run = 'service' | 'stateful' | 'once' | 'scheduled';

/** Whether a workload runs for ever. */
export function runsForever(run: Run): boolean {
  return run === 'service' || run === 'stateful';
}

/** The numeric identity of a workload's processes. Never root. */
export interface User {
  readonly uid: number;
  readonly gid: number;
  /**
   * `image`: files of the image are this user's, so that it runs as no other. `any`: it runs as anybody, so that
   * a target may choose ids that no user of the host has. `named`: as anybody who has a line in /etc/passwd.
   */
  readonly binding: 'any' | 'named' | 'image';
}

/** More replicas under load; `replicas` of the workload is the minimum. */
export type Autoscaling =
  { readonly kind: 'none' } | { readonly kind: 'cpu'; readonly max: number; readonly targetPercent: number };

/** How long a release may take to be ready, or to be done where it runs to completion, before it has failed. */
export type Deadline = { readonly kind: 'none' } | { readonly kind: 'after'; readonly time: Duration };

/** A workload that must be healthy, or done, before the one that names it starts. */
export interface Dependency {
  readonly workload: string;
  readonly until: 'ready' | 'completed';
}

/**
 * One program of an application, the same for every target. No field is optional: absence is a value, and
 * every default has been chosen by the component that made it.
 */
export interface Workload {
  /** A DNS label; also the Service's name, the network alias and the host name. */
  readonly name: string;
  readonly run: Run;
  readonly schedule: ScheduleModel;
  readonly image: ImageModel;
  /** The program and its first arguments; empty for the image's own. */
  readonly entrypoint: readonly string[];
  /** What the program is given; empty for the image's own. */
  readonly arguments: readonly string[];
  readonly variables: Readonly<Record<string, Template>>;
  readonly files: readonly Folder[];
  readonly secretFiles: readonly SecretFolder[];
  readonly volumes: readonly Volume[];
  readonly bindMounts: readonly BindMount[];
  readonly scratch: readonly Scratch[];
  readonly user: User;
  readonly ports: readonly Port[];
  readonly exposure: Exposure;
  readonly routes: readonly RouteModel[];
  readonly tls: Tls;
  readonly replicas: number;
  readonly autoscaling: Autoscaling;
  readonly cpu: Allocation<Cpu>;
  readonly memory: Allocation<Size>;
  /** The most processes and threads that may exist at once. */
  readonly processes: number;
  readonly readiness: HealthModel;
  readonly liveness: HealthModel;
  readonly gate: Gate;
  readonly after: readonly Dependency[];
  readonly connections: readonly Connection[];
  /** Time from the request to stop until the process is killed. */
  readonly grace: Duration;
  readonly deadline: Deadline;
  /** The policies that it may break, and why. */
  readonly exceptions: readonly Exception[];
}

/** A whole application in one environment, ready for any target. */
export interface ApplicationModel {
  readonly name: string;
  readonly environmentName: string;
  readonly version: string;
  readonly owner: Owner;
  /** In start order. */
  readonly workloads: readonly Workload[];
  /** The names of all secrets that some workload uses, sorted. */
  readonly secrets: readonly string[];
  /** Those of them that any random text will do for. */
  readonly randomSecrets: readonly string[];
  readonly encrypted: Encrypted;
  /** The policies that every workload may break in this environment, and why. */
  readonly exceptions: readonly Exception[];
}

/** Who answers for an application. */
export interface Owner {
  readonly team: string;
  readonly email: string;
}
