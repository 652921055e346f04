import type { Construct } from 'constructs';
import { pathOf } from './component';
import { ContainerComponent } from './container';
import type { ContainerProps } from './container-props';
import { requireObject } from '../issue';
import type { Dependency, Workload } from '../model/workload';
import { Size } from '../model/units';

/** The props of a migration. */
export interface MigrationProps extends Omit<ContainerProps, 'command' | 'args'> {
  /**
   * The command that updates the schema. If it runs twice, the second run must change nothing.
   * @example ['alembic', 'upgrade', 'head']
   */
  readonly command: readonly string[];
  /**
   * A command that exits with 0 only if the schema is up to date. Dependents wait for it.
   * @example ['alembic', 'current', '--check-heads']
   */
  readonly check: readonly string[];
}

/**
 * A schema migration: a command that runs to completion at every release. Components with the migration in `waitsFor`
 * start when it is completed.
 *
 * @throws IssuesError if the props or `check` are missing
 * @example
 * const migration = new Migration(this, 'migration', {
 *   image: Image.build('api'),
 *   command: ['alembic', 'upgrade', 'head'],
 *   check: ['alembic', 'current', '--check-heads'],
 *   env: { DATABASE_URL: database.url },
 * });
 */
export class Migration extends ContainerComponent {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: MigrationProps,
  ) {
    super(scope, id, props);
    requireObject(
      props.check,
      pathOf(scope, id),
      "a program and its arguments, such as ['alembic', 'current']",
      'check',
    );
  }

  override dependency(): readonly Dependency[] {
    return [{ workload: this.name, until: 'completed' }];
  }

  toModel(): readonly Workload[] {
    const check = { kind: 'command', command: this.props.check } as const;
    return [this.workload({ run: 'once', gate: { kind: 'check', check, memory: Size.mebibytes(128) } })];
  }
}
