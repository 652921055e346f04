import type { Construct } from 'constructs';
import { backupWorkload, type BackupRecipe } from '../backup/backup';
import type { Backup } from '../../values/backup';
import { DataService, type StoreProps } from './data-service';
import type { Setting } from '../../environment/settings';
import type { Workload } from '../../model/workload';

/** A data service with a volume. It can be backed up. */
export abstract class DurableService extends DataService {
  constructor(
    scope: Construct,
    id: string,
    port: number,
    private readonly backup: Backup | undefined,
    store: StoreProps,
  ) {
    super(scope, id, port, store);
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'storage', 'backup'];
  }

  /** Whether backups are made here. */
  protected get isBackedUp(): boolean {
    return this.chosenBackup !== 'off' && !this.settings.managed;
  }

  private get chosenBackup(): Backup | 'off' {
    return this.settings.backup ?? this.backup ?? 'off';
  }

  override toModel(): readonly Workload[] {
    const backup = this.chosenBackup;
    const workloads = super.toModel();
    if (backup === 'off') return workloads;
    if (workloads.length === 0) this.reportManaged(backup);
    const { keep } = backup;
    if (keep !== undefined && !(Number.isInteger(keep) && keep >= 1 && keep <= mostKept))
      this.report({ field: 'backup.keep', got: keep, write: `a whole number from 1 to ${mostKept}` });
    return workloads.flatMap((service) => [service, backupWorkload(service, backup, this.recipe(service))]);
  }

  /** How to write the data of the service to a file, and to restore it. */
  protected abstract recipe(service: Workload): BackupRecipe;

  // The provider of a managed service makes better backups: they are consistent and stored elsewhere.
  private reportManaged({ schedule }: Backup): void {
    const write = "backup: 'off' in the components of the environment, and use the backups of the service";
    const sentence = `backup is not possible for a managed service: write ${write}`;
    this.report({ field: 'backup', got: schedule.expression, write, sentence });
  }
}

const mostKept = 1000;
