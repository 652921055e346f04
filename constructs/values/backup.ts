import type { Duration, Size } from '../model/units';
import { optional, type Kind, type Shape } from '../shape/kind';
import { checkCall } from '../shape/call';
import { object, variant } from '../shape/object';
import { duration, memoryAmount, size as sizeKind } from '../shape/units';
import { number } from '../shape/words';
import { cronKind, type CronSource } from './schedule';
import type { Amount } from './sizing';

/** Where backups are stored: in a separate volume, which is kept even if the volume of the database is lost. */
export interface BackupStore {
  readonly kind: 'volume';
  /** The size of the volume. */
  readonly size: Size;
}

/**
 * Backups of a database or search engine: when they run, and how many to keep. `catamaran backup` makes a backup now.
 * `catamaran restore` restores one, and lists all of them with `--list`.
 *
 * @example { schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(10)) }
 */
export interface Backup {
  /** When a backup runs, such as `Schedule.cron('0 2 * * *')`. */
  readonly schedule: CronSource;
  /** How many backups to keep, from 1 to 1000; older ones are deleted. @default 7 */
  readonly keep?: number;
  /** Where backups are stored, such as `backupVolume(Size.gibibytes(10))`. */
  readonly to: BackupStore;
  /** Memory request and limit of a backup. @default 256 MiB for both */
  readonly memory?: Amount<Size>;
  /** The time after which a backup is stopped. It includes all retries. @default 1 hour */
  readonly timeout?: Duration;
}

/** Stores backups in a separate volume. @param size its size, which must be enough for all kept backups and one more */
export function backupVolume(size: Size): BackupStore {
  checkCall('backupVolume', { size }, { size: sizeKind });
  return { kind: 'volume', size };
}

const backupShape: Shape<Backup> = {
  schedule: cronKind,
  keep: optional(number('a whole number from 1 to 1000')),
  to: variant<BackupStore>({ volume: { size: sizeKind } }, 'backupVolume(Size.gibibytes(10))'),
  memory: optional(memoryAmount),
  timeout: optional(duration),
};

export const backupKind: Kind<Backup> = object(backupShape, {
  title: 'a field of backup',
  write: "{ schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(10)) }",
});
