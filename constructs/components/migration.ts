import type { Construct } from 'constructs';
import { checkProps } from './component';
import { ContainerComponent } from './container';
import { containerShape, type ContainerProps } from './container-props';
import type { Shape } from '../shape/kind';
import { command } from '../shape/lists';
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

const { command: _command, args: _args, ...others } = containerShape;

const migrationShape: Shape<MigrationProps> = { ...others, command, check: command };

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
  private readonly props: MigrationProps;

  constructor(scope: Construct, id: string, props: MigrationProps) {
    const write = "an object, such as { image: 'api:1.0', command: ['up'], check: ['is-up'] }";
    const checked = checkProps(scope, id, props, { of: 'Migration', shape: migrationShape, write });
    super(scope, id, checked);
    this.props = checked;
  }

  override dependency(): readonly Dependency[] {
    return [{ workload: this.name, until: 'completed' }];
  }

  toModel(): readonly Workload[] {
    const check = { kind: 'command', command: this.props.check } as const;
    return [this.workload({ run: 'once', gate: { kind: 'check', check, memory: Size.mebibytes(128) } })];
  }
}
