import type { Backup } from '../components/backup/backup';
import type { Exposure } from '../model/network';
import type { Cpu, Size } from '../model/units';
import type { Override } from '../target/override';
import type { Amount, Autoscale } from '../values/sizing';
import type { BindMountSource } from '../values/storage';
import type { EnvironmentValue } from '../values/variable';
import type { ManagedService } from './managed-service';
import type { TlsOptions } from './tls';

/** What an environment says of one component; it wins over what the application says. */
export interface ComponentSettings {
  readonly replicas?: number;
  readonly autoscale?: Autoscale | 'off';
  readonly cpu?: Amount<Cpu>;
  readonly memory?: Amount<Size>;
  readonly storage?: Size;
  /** HTTPS at a reverse proxy. */
  readonly tls?: TlsOptions | 'off';
  /** In place of the application's backup of the component. */
  readonly backup?: Backup | 'off';
  /** Added to the application's variables; the same name wins. */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /** Policies that are wrong for the component here, added to the application's. */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** A service that somebody else runs in the component's place. */
  readonly managed?: ManagedService;
}

/** What an environment of one target says of one component. */
export interface TargetSettings<Target extends string, Published extends Exposure> extends ComponentSettings {
  /** How it is published. @default the port that the application publishes, in the way of the target */
  readonly expose?: Published;
  /**
   * Changes to the objects that the component is on the target, for what no other setting can say. Each is in
   * the report of synth. @default none
   */
  readonly overrides?: readonly Override<Target>[];
}

/** What an environment on a Docker host says of one component besides. */
export interface HostSettings {
  /** Folders of the host, added to the application's. @default none */
  readonly bindMounts?: readonly BindMountSource[];
}

/** What some environment says of one component. */
export interface PlacedSettings extends TargetSettings<string, Exposure>, HostSettings {}

/** The name of something that an environment can say of a component. */
export type Setting = keyof PlacedSettings;
