import type { Construct } from 'constructs';
import { connectionTo, ContainerComponent, type ContainerProps } from './container';
import type { Autoscale } from '../values/sizing';
import type { Setting } from '../environment/settings';
import { gateOf, Health } from '../values/health';
import { plain } from '../model/template';
import type { Workload } from '../model/workload';
import { toVolumes, type VolumeProps } from '../values/storage';
import { Reference } from '../values/reference';

/** What a program that answers requests takes. */
export interface BackendProps extends ContainerProps, VolumeProps {
  /** The TCP port that it listens on, 1024 or above as it does not run as root. */
  readonly port: number;
  /** @default 1 */
  readonly replicas?: number;
  /** More replicas under load. @default off */
  readonly autoscale?: Autoscale;
  /** How to tell that it can take requests. @default its port accepts connections */
  readonly health?: Health;
  /** How to tell that it has to be restarted; never ask its dependencies. @default its port accepts connections */
  readonly liveness?: Health;
  /** The port at which it is reached from outside. @default it is not */
  readonly publish?: number;
}

/** A program that answers requests: an API, a server-rendered site. */
export class Backend extends ContainerComponent {
  readonly port: number;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BackendProps,
  ) {
    super(scope, id, props);
    this.port = props.port;
  }

  /** Its host name and port, as `backend:8000`. */
  get endpoint(): Reference {
    return this.reference(`${this.name}:${this.port}`);
  }

  /** Its address, as `http://backend:8000`. */
  get url(): Reference {
    return this.reference(`http://${this.name}:${this.port}`);
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'replicas', 'autoscale', 'expose'];
  }

  toModel(): readonly Workload[] {
    const { port, replicas, autoscale, health, liveness, publish, volumes } = this.props;
    const readiness = (health ?? Health.tcp()).toModel(port);
    return [
      this.workload({
        ...toVolumes(volumes),
        ports: [{ name: 'http', number: port }],
        exposure: this.exposure(publish),
        ...this.scaling(replicas ?? 1, autoscale),
        readiness,
        liveness: (liveness ?? Health.tcp()).toModel(port),
        gate: gateOf(readiness),
      }),
    ];
  }

  private reference(text: string): Reference {
    return new Reference(this, plain(text), connectionTo(this, this.port));
  }
}
