import { backupKind, type Backup } from '../values/backup';
import type { Exposure } from '../model/network';
import { addressBlocks } from '../values/address-blocks';
import { optional, orOff, type Kind, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { cpuAmount, memoryAmount, size } from '../shape/units';
import { replicaCount } from '../shape/numbers';
import { instance } from '../shape/words';
import { exceptionsKind } from '../values/exceptions';
import type { Cpu, Size } from '../model/units';
import { isOverride } from '../target/create-override';
import type { Override } from '../target/override';
import { autoscaleKind, type Amount, type Autoscale } from '../values/sizing';
import { bindMountsKind, type BindMountSource } from '../values/storage';
import { variablesKind, type EnvironmentValue } from '../values/variable';
import { exposeKind } from './exposure';
import { managedKind, type ManagedService } from './managed-service';
import { tlsKind, type TlsOptions } from './tls';

/**
 * The settings of one component in one environment. A setting replaces the prop of the same name, unless it
 * says that it is added. A component rejects settings that it does not use.
 */
export interface ComponentSettings {
  /** The number of replicas; with `autoscale`, the smallest number. @default the prop of the component */
  readonly replicas?: number;
  /** When to run more replicas; `off` turns the component's own autoscaling off. @default the prop of the component */
  readonly autoscale?: Autoscale | 'off';
  /** CPU request and limit. @default the prop of the component */
  readonly cpu?: Amount<Cpu>;
  /** Memory request and limit. @default the prop of the component */
  readonly memory?: Amount<Size>;
  /** The size of the volume of a database or search engine. @default the prop of the component */
  readonly storage?: Size;
  /** HTTPS at a reverse proxy; `off` turns the proxy's own HTTPS off. @default the prop of the component */
  readonly tls?: TlsOptions | 'off';
  /**
   * The load balancers or CDNs in front of a reverse proxy, by their IP addresses or CIDR blocks.
   * @default the prop of the component
   * @example ['10.0.0.0/8']
   */
  readonly trustedProxies?: readonly string[];
  /**
   * When to back up a database or search engine; `off` turns its own backups off.
   * @default the prop of the component
   */
  readonly backup?: Backup | 'off';
  /**
   * Environment variables, added to those of the component. If both set the same name, this value is used.
   * @default none
   */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /**
   * Policies that the component may break in this environment, in addition to the policies in its own `exceptions`: the
   * name of each policy, and the reason.
   * @default none
   */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** A service that somebody else runs. It is used instead of the component. @default the component runs here */
  readonly managed?: ManagedService;
}

/** The settings that an environment of one target can have for a component. */
export interface TargetSettings<Target extends string, Published extends Exposure> extends ComponentSettings {
  /**
   * How visitors reach the component: `hostPort(…)` on Docker, `nodePort(…)` or `loadBalancer(…)` on Kubernetes. It
   * publishes the main port of a component, or several ports by their names.
   * @default the component's `publish`, as a port of the Docker host or of a load balancer
   * @example hostPort(8080)
   * @example { http: hostPort(8080), dns: hostPort(53, '127.0.0.1') }
   */
  readonly expose?: Published | Readonly<Record<string, Published>>;
  /**
   * Changes to the rendered objects of the component, for what no other setting can express. The report of
   * `synth` lists each of them. @default none
   */
  readonly overrides?: readonly Override<Target>[];
}

/** The settings that only an environment on Docker has for a component. */
export interface HostSettings {
  /** Folders of the host to mount, added to those of the component. @default none */
  readonly bindMounts?: readonly BindMountSource[];
}

/** The settings that any environment can have for a component. */
export interface PlacedSettings extends TargetSettings<string, Exposure>, HostSettings {}

/** The name of a setting. */
export type Setting = keyof PlacedSettings;

/** What the options of an environment on one target write. */
export interface SettingWords {
  /** The function that makes the environment, such as `docker()`. */
  readonly of: string;
  /** The function that says how a component is published. */
  readonly expose: 'hostPort' | 'loadBalancer';
  /** The function that makes an override. */
  readonly override: string;
}

/** The kinds of the settings of a component. */
export function settingsShape({ expose, override }: SettingWords): Shape<PlacedSettings> {
  return {
    replicas: optional(replicaCount),
    autoscale: optional(orOff(autoscaleKind)),
    cpu: optional(cpuAmount),
    memory: optional(memoryAmount),
    storage: optional(size),
    tls: optional(orOff(tlsKind)),
    trustedProxies: optional(addressBlocks),
    backup: optional(orOff(backupKind)),
    env: optional(variablesKind),
    exceptions: optional(exceptionsKind),
    managed: optional(managedKind),
    expose: optional(exposeKind(expose)),
    overrides: optional(overridesKind(override)),
    bindMounts: optional(bindMountsKind),
  };
}

function overridesKind(write: string): Kind<readonly Override[]> {
  return listOf(instance<Override>(isOverride, write), (value) =>
    isOverride(value) ? 'a list of overrides, such as [override]' : `[${write}]`,
  );
}
