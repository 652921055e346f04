import { backupVolume, PostgresDatabase, Schedule, Size, type Application, type Backup } from 'catamaran';

/** A backup every night. */
export const backup: Backup = { schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(2)) };
/** A database with this backup. */
export const withBackup =
  (props: Partial<Backup> = {}) =>
  (app: Application) =>
    new PostgresDatabase(app, 'database', { backup: { ...backup, ...props } });
