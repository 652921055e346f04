import type { Construct } from 'constructs';
import { checkProps } from './component';
import { ContainerComponent } from './container';
import { containerShape, type ContainerProps } from './container-props';
import { optional, type Shape } from '../shape/kind';
import { replicaCount } from '../shape/numbers';
import type { Setting } from '../environment/settings';
import { noCheck } from '../model/health';
import { commandHealthKind, waitFor, type CommandHealth, type NoHealth } from '../values/health';
import type { Dependency, Workload } from '../model/workload';
import { autoscaleKind, type Autoscale } from '../values/sizing';
import { volumesShape, type VolumeProps } from '../values/storage';

/** The props of a worker. */
export interface WorkerProps extends ContainerProps, VolumeProps {
  /** The number of replicas; with `autoscale`, the smallest number. @default 1 */
  readonly replicas?: number;
  /** When to run more replicas. Kubernetes only. @default never */
  readonly autoscale?: Autoscale;
  /**
   * The readiness check. A release is ready when it succeeds. Other components cannot wait for a worker, unless it has
   * `Health.none(…)`: then they wait until it has started.
   * @default none: the worker is ready as soon as its program runs
   * @example Health.command(['python3', 'healthy.py'])
   */
  readonly health?: CommandHealth | NoHealth;
  /**
   * The liveness check: Kubernetes restarts the container when it fails. It should not ask a database or another
   * component, because a restart cannot repair those. @default none: the container restarts when the program ends
   */
  readonly liveness?: CommandHealth | NoHealth;
}

const workerShape: Shape<WorkerProps> = {
  ...containerShape,
  ...volumesShape,
  replicas: optional(replicaCount),
  autoscale: optional(autoscaleKind),
  health: optional(commandHealthKind),
  liveness: optional(commandHealthKind),
};

/**
 * A program that runs all the time and has no port, such as the consumer of a queue.
 *
 * @throws IssuesError if the props are missing
 * @example
 * new Worker(this, 'mailer', {
 *   image: Image.build('api'),
 *   command: ['python3', 'mailer.py'],
 *   env: { QUEUE_URL: queue.url },
 * });
 */
export class Worker extends ContainerComponent {
  private readonly props: WorkerProps;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    const write = "an object, such as { image: 'api:1.0' }";
    const checked = checkProps(scope, id, props, { of: 'Worker', shape: workerShape, write });
    super(scope, id, checked);
    this.props = checked;
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'replicas', 'autoscale'];
  }

  override dependency(): readonly Dependency[] {
    return [waitFor(this.name, this.props.health)];
  }

  toModel(): readonly Workload[] {
    const { replicas, autoscale, health, liveness, volumes } = this.props;
    return [
      this.workload({
        ...this.storage(volumes),
        ...this.scaling(replicas ?? 1, autoscale),
        readiness: health?.toModel() ?? noCheck,
        liveness: liveness?.toModel() ?? noCheck,
      }),
    ];
  }
}
