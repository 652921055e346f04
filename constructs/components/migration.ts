import type { Construct } from 'constructs';
import { pathOf } from './component';
import { ContainerComponent, type ContainerProps } from './container';
import { requireObject } from '../issue';
import type { Dependency, Workload } from '../model/workload';
import { Size } from '../model/units';

/** What a change of the database's schema takes. */
export interface MigrationProps extends Omit<ContainerProps, 'command' | 'args'> {
  /** Brings the schema up to date, such as `alembic upgrade head`. Running it again must change nothing. */
  readonly command: readonly string[];
  /** Exits with 0 when the schema is up to date, such as `alembic current --check-heads`. */
  readonly check: readonly string[];
}

/** Brings the schema up to date before any component that waits for it starts. */
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
