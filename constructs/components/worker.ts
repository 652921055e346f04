import type { Construct } from 'constructs';
import { ContainerComponent, type ContainerProps } from './container';
import type { Setting } from '../environment/settings';
import type { CommandHealth } from '../values/health';
import type { Workload } from '../model/workload';
import type { Autoscale } from '../values/sizing';
import { toVolumes, type VolumeProps } from '../values/storage';

/** What a program that nobody connects to takes. */
export interface WorkerProps extends ContainerProps, VolumeProps {
  /** @default 1 */
  readonly replicas?: number;
  /** More replicas under load. @default off */
  readonly autoscale?: Autoscale;
  /** How to tell that it works, by `Health.command(…)`; a release waits for it. @default it runs */
  readonly health?: CommandHealth;
  /** How to tell that it has to be restarted; never ask its dependencies. @default it has ended */
  readonly liveness?: CommandHealth;
}

/** A program without a port: the consumer of a queue, a poller. */
export class Worker extends ContainerComponent {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkerProps,
  ) {
    super(scope, id, props);
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'replicas', 'autoscale'];
  }

  toModel(): readonly Workload[] {
    const { replicas, autoscale, health, liveness, volumes } = this.props;
    return [
      this.workload({
        ...toVolumes(volumes),
        ...this.scaling(replicas ?? 1, autoscale),
        readiness: health?.toModel() ?? { kind: 'none' },
        liveness: liveness?.toModel() ?? { kind: 'none' },
      }),
    ];
  }
}
