import type { Construct } from 'constructs';
import { checkProps } from './component';
import { ContainerComponent } from './container';
import { containerShape, type ContainerProps } from './container-props';
import { optional, type Shape } from '../shape/kind';
import { command } from '../shape/lists';
import { flag } from '../shape/words';
import type { Gate } from '../model/health';
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
   * @default none: Docker waits for the end of the command; Kubernetes needs `check` or `repeatable`
   * @example ['alembic', 'current', '--check-heads']
   */
  readonly check?: readonly string[];
  /**
   * Whether the command is its own check. Say so only of a command that takes a lock, so that several at once do no harm,
   * and that leaves a schema alone which is newer than its own. On Kubernetes, each pod that waits runs it again, and
   * starts when it has ended with 0.
   * @default false
   */
  readonly repeatable?: boolean;
}

const { command: _command, args: _args, ...others } = containerShape;

const migrationShape: Shape<MigrationProps> = {
  ...others,
  command,
  check: optional(command),
  repeatable: optional(flag),
};

/**
 * A schema migration: a command that runs to completion at every release. Components with the migration in `waitsFor`
 * start when it is completed.
 *
 * @throws IssuesError if the props are missing
 * @example
 * const migration = new Migration(this, 'migration', {
 *   image: Image.build('api'),
 *   command: ['alembic', 'upgrade', 'head'],
 *   check: ['alembic', 'current', '--check-heads'],
 *   env: { DATABASE_URL: database.url },
 * });
 * @example
 * new Migration(this, 'migration', {
 *   image: Image.build('api'),
 *   command: ['npx', 'prisma', 'migrate', 'deploy'],
 *   repeatable: true,
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
    if (checked.check !== undefined && checked.repeatable === true)
      this.report({
        field: 'repeatable',
        got: true,
        write: 'one of them',
        sentence:
          'repeatable is true, and check is there too: write one of them, because both say how dependents wait',
      });
  }

  override dependency(): readonly Dependency[] {
    return [{ workload: this.name, until: 'completed' }];
  }

  toModel(): readonly Workload[] {
    const workload = this.workload({ run: 'once' });
    return [{ ...workload, gate: this.gate(workload) }];
  }

  private gate({ entrypoint, memory }: Workload): Gate {
    const { check, repeatable } = this.props;
    if (check?.length === 0)
      this.report({ field: 'check', got: check, write: 'a program and its arguments' });
    if (check !== undefined)
      return { kind: 'check', check: { kind: 'command', command: check }, memory: Size.mebibytes(128) };
    if (repeatable !== true) return { kind: 'completion' };
    return { kind: 'check', check: { kind: 'command', command: entrypoint }, memory: memory.limit };
  }
}
