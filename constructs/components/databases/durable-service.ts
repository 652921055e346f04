import type { Construct } from 'constructs';
import { backupWorkload, type Backup, type BackupRecipe } from '../backup/backup';
import type { ContainerProps } from '../container';
import { DataService } from './data-service';
import type { Setting } from '../../environment/settings';
import type { Workload } from '../../model/workload';

/** A data service whose data outlive it, and can be backed up. */
export abstract class DurableService extends DataService {
  constructor(
    scope: Construct,
    id: string,
    port: number,
    private readonly backup: Backup | undefined,
    container: ContainerProps,
  ) {
    super(scope, id, port, container);
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'storage', 'backup'];
  }

  override toModel(): readonly Workload[] {
    const backup = this.settings.backup ?? this.backup ?? 'off';
    const workloads = super.toModel();
    if (backup === 'off') return workloads;
    if (workloads.length === 0) this.reportManaged(backup);
    const { keep } = backup;
    if (keep !== undefined && !(Number.isInteger(keep) && keep >= 1 && keep <= mostKept))
      this.report({ field: 'backup.keep', got: keep, write: `a whole number, 1 to ${mostKept}` });
    return workloads.flatMap((own) => [own, backupWorkload(own, backup, this.recipe(own))]);
  }

  /** How the data of its workload become a file. */
  protected abstract recipe(own: Workload): BackupRecipe;

  // The service's own backups are consistent, and go where its data are not.
  private reportManaged({ schedule }: Backup): void {
    const write = `backup: 'off' in the environment's components, and the backups of the managed service`;
    this.report({ field: 'backup', got: schedule.expression, write });
  }
}

const mostKept = 1000;
