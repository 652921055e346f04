import type { Connection, Port } from './network';
import type { Exception } from './exception';
import type { HealthModel, Gate } from './health';
import type { ImageModel, Platform } from './image';
import type { Capability, Privilege } from './privilege';
import type { FirstProcess, StandardInput, StopSignal, Terminal } from './process';
import type { RouteModel, Tls } from './route';
import type { ScheduleModel } from './schedule';
import type { Shell } from './shell';
import type { BindMount, Folder, Scratch, SecretFolder, SharedMount, Volume } from './storage';
import type { OwnManifest } from './own-object';
import type { Encrypted } from './secret';
import type { Template } from './template';
import { unique } from './sorted';
import type { Allocation, Cpu, Duration, Size } from './units';

/**
 * How a workload runs. `service`: all the time, with interchangeable replicas. `stateful`: all the time, with its own
 * data. `once`: to completion, at every release. `scheduled`: to completion, at the times of its schedule.
 */
export type Run = 'service' | 'stateful' | 'once' | 'scheduled';

/** Whether a workload runs all the time, and not to completion. */
export function runsForever(run: Run): boolean {
  return run === 'service' || run === 'stateful';
}

/** The user and group of a workload's processes. It is root only if the workload has the privilege. */
export interface User {
  readonly uid: number;
  readonly gid: number;
  /**
   * Which users the image can run as, so that a target may choose ids that no user of the host has. `image`: this
   * user only, because it owns files in the image. `any`: any user. `named`: any user with a name in /etc/passwd.
   */
  readonly binding: 'any' | 'named' | 'image';
}

/** Adds replicas while CPU usage is high; `replicas` of the workload is the smallest number. */
export type Autoscaling =
  { readonly kind: 'none' } | { readonly kind: 'cpu'; readonly max: number; readonly targetPercent: number };

/** Whether the program asks its clients for a password. `own`: that is a matter of the program. `none`: a store asks for none. */
export type Authentication = { readonly kind: 'own' } | { readonly kind: 'none'; readonly reason: string };

/** The time in which a release must be ready, or completed if it runs to completion; otherwise it has failed. */
export type Deadline = { readonly kind: 'none' } | { readonly kind: 'after'; readonly time: Duration };

/** A workload that must be started, ready or completed before the dependent workload starts. */
export interface Dependency {
  readonly workload: string;
  /**
   * `completed` for a workload that runs to completion, otherwise `ready`; `started` for one that says that it has no
   * readiness check.
   */
  readonly until: 'started' | 'ready' | 'completed';
}

/**
 * One program of an application, in the terms that all targets share. No field is optional: if there is nothing to
 * say, a field has a value such as `none` or an empty list. Components fill in all defaults.
 */
export interface Workload {
  /** A DNS label. It is also the name of the Service, the network alias and the host name. */
  readonly name: string;
  readonly run: Run;
  /** When a `scheduled` workload runs. */
  readonly schedule: ScheduleModel;
  readonly image: ImageModel;
  /** Whether the image has a shell. */
  readonly shell: Shell;
  /** The program and its first arguments; empty for the image's entrypoint. */
  readonly entrypoint: readonly string[];
  /** The arguments of the program; empty for the image's command. */
  readonly arguments: readonly string[];
  /** Environment variables. */
  readonly variables: Readonly<Record<string, Template>>;
  /** Folders with configuration files. */
  readonly files: readonly Folder[];
  /** Folders with secrets as files. */
  readonly secretFiles: readonly SecretFolder[];
  /** Secrets as files in folders that keep what the image has there. */
  readonly addedSecrets: readonly SecretFolder[];
  /**
   * The modes of files and added secrets that have one of their own, as octal digits by absolute path. The files belong to
   * root and to the group of the user.
   */
  readonly fileModes: Readonly<Record<string, string>>;
  readonly volumes: readonly Volume[];
  /** Volumes that other workloads mount as well. */
  readonly sharedVolumes: readonly SharedMount[];
  readonly bindMounts: readonly BindMount[];
  /** Writable folders for temporary files. */
  readonly scratch: readonly Scratch[];
  /** Whether the program can write to the folders of its image. What it writes is gone with the container. */
  readonly root: 'read-only' | 'writable';
  readonly user: User;
  /** Whether the program runs as root, and why. */
  readonly privilege: Privilege;
  /** The Linux capabilities that the program may use. */
  readonly capabilities: readonly Capability[];
  /** The ports that the program listens on, and how visitors reach each. The first is the main one. */
  readonly ports: readonly Port[];
  readonly authentication: Authentication;
  /**
   * Where the workload's own name leads in its own containers. `service`: to its replicas, if any is ready. `itself`: to the
   * container, also while it is not ready.
   */
  readonly ownName: 'service' | 'itself';
  /** The routes of a reverse proxy; empty for other workloads. */
  readonly routes: readonly RouteModel[];
  readonly tls: Tls;
  /**
   * The addresses in front of a reverse proxy whose X-Forwarded headers it believes, as IP addresses or CIDR blocks; empty
   * for other workloads.
   */
  readonly trustedProxies: readonly string[];
  /** The number of replicas; with autoscaling, the smallest number. */
  readonly replicas: number;
  readonly autoscaling: Autoscaling;
  readonly cpu: Allocation<Cpu>;
  readonly memory: Allocation<Size>;
  /** The largest number of processes and threads at the same time. */
  readonly processes: number;
  /** The workload gets requests only while this check succeeds. */
  readonly readiness: HealthModel;
  /** Kubernetes restarts the container when this check fails. */
  readonly liveness: HealthModel;
  /** The check by which dependents wait for this workload. */
  readonly gate: Gate;
  /** The workloads to wait for before the start. */
  readonly after: readonly Dependency[];
  /** The connections that the workload may open. */
  readonly connections: readonly Connection[];
  /** The time between SIGTERM and SIGKILL when the workload is stopped. */
  readonly grace: Duration;
  readonly deadline: Deadline;
  /** Labels of one's own, by key. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations of one's own, by key. A target without annotations makes labels of them. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The folder in which the program starts; empty for the image's own. */
  readonly workingDirectory: string;
  readonly terminal: Terminal;
  readonly stdin: StandardInput;
  readonly init: FirstProcess;
  /** The signal that asks the program to stop; `image` for the image's own. */
  readonly stopSignal: StopSignal | 'image';
  /** The platform of the image that runs; `any` for that of the machine. */
  readonly platform: Platform | 'any';
  /** The policies that the workload may break. */
  readonly exceptions: readonly Exception[];
}

/** An application in one environment, in the terms that all targets share. */
export interface ApplicationModel {
  readonly name: string;
  readonly environmentName: string;
  readonly version: string;
  readonly owner: Owner;
  /** All workloads, in start order. */
  readonly workloads: readonly Workload[];
  /** The names of all secrets that the workloads use, sorted. */
  readonly secrets: readonly string[];
  /** The names of the secrets whose value may be any random text. */
  readonly randomSecrets: readonly string[];
  /** The values of the optional secrets where their source has none, by name. All other secrets need a value. */
  readonly secretDefaults: Readonly<Record<string, string>>;
  readonly encrypted: Encrypted;
  /** The objects that the environment adds to those of the components, in the order of its files. */
  readonly manifests: readonly OwnManifest[];
  /** The policies that every workload may break in this environment. */
  readonly exceptions: readonly Exception[];
}

/** The team that is responsible for an application. */
export interface Owner {
  /** The name of the team. */
  readonly team: string;
  /** The email address of the team; empty if there is none. */
  readonly email: string;
}

/** The workloads that connect to a workload. */
export function callersOf({ workloads }: ApplicationModel, name: string): Workload[] {
  return workloads.filter(({ connections }) =>
    connections.some((connection) => connection.kind === 'workload' && connection.workload === name),
  );
}

/** A port that a caller connects to. */
export type CalledPort = Pick<Port, 'number' | 'protocol'>;

/** The ports of a workload that a caller connects to, sorted. */
export function portsBetween({ connections }: Workload, called: string): CalledPort[] {
  const ports = connections.flatMap((connection): CalledPort[] =>
    connection.kind === 'workload' && connection.workload === called
      ? [{ number: connection.port, protocol: connection.protocol }]
      : [],
  );
  return unique(ports).sort(
    (left, right) => left.number - right.number || (left.protocol < right.protocol ? -1 : 1),
  );
}
