import type { Construct } from 'constructs';
import { checkProps } from './component';
import { connectionTo, ContainerComponent } from './container';
import { containerShape, type ContainerProps } from './container-props';
import { autoscaleKind, type Autoscale } from '../values/sizing';
import type { Setting } from '../environment/settings';
import { optional, type Shape } from '../shape/kind';
import { anyPort, replicaCount } from '../shape/numbers';
import { gateOf, Health, healthKind } from '../values/health';
import { plain } from '../model/template';
import type { Workload } from '../model/workload';
import { volumesShape, type VolumeProps } from '../values/storage';
import { Reference, type AddressPart } from '../values/reference';

/** The props of a backend. */
export interface BackendProps extends ContainerProps, VolumeProps {
  /** The TCP port that the program listens on. Also a user other than root can listen on a port below 1024. */
  readonly port: number;
  /** The number of replicas; with `autoscale`, the smallest number. @default 1 */
  readonly replicas?: number;
  /** When to run more replicas. Kubernetes only. @default never */
  readonly autoscale?: Autoscale;
  /**
   * The readiness check. While it fails, the backend gets no requests, and components that wait for it do not start.
   * @default the port accepts connections
   * @example Health.http('/health')
   */
  readonly health?: Health;
  /**
   * The liveness check: Kubernetes restarts the container when it fails. It should not ask a database or another
   * component, because a restart cannot repair those. @default the port accepts connections
   */
  readonly liveness?: Health;
  /** The port at which visitors from outside reach the backend. @default not published */
  readonly publish?: number;
}

export const backendShape: Shape<BackendProps> = {
  ...containerShape,
  ...volumesShape,
  port: anyPort,
  replicas: optional(replicaCount),
  autoscale: optional(autoscaleKind),
  health: optional(healthKind),
  liveness: optional(healthKind),
  publish: optional(anyPort),
};

/**
 * A program that answers requests, such as an API or a website rendered by a server.
 *
 * @throws IssuesError if the props are missing
 * @example
 * const api = new Backend(this, 'api', {
 *   image: Image.build('api'),
 *   port: 8000,
 *   replicas: 2,
 *   health: Health.http('/health'),
 *   env: { DATABASE_URL: database.url },
 * });
 */
export class Backend extends ContainerComponent {
  /** The number of the TCP port that the program listens on, for code that computes with it. */
  readonly portNumber: number;

  private readonly props: BackendProps;

  constructor(scope: Construct, id: string, props: BackendProps) {
    const write = "an object, such as { image: 'api:1.0' }";
    const checked = checkProps(scope, id, props, { of: 'Backend', shape: backendShape, write });
    super(scope, id, checked);
    this.props = checked;
    this.portNumber = checked.port;
  }

  /** The URL, such as `http://backend:8000`. */
  get url(): Reference {
    return this.reference('url', `http://${this.name}:${this.portNumber}`);
  }

  /** The host name and port, such as `backend:8000`. */
  get endpoint(): Reference {
    return this.reference('endpoint', `${this.name}:${this.portNumber}`);
  }

  /** The host name, such as `backend`. */
  get host(): Reference {
    return this.reference('host', this.name);
  }

  /** The TCP port that the program listens on. */
  get port(): Reference {
    return this.reference('port', String(this.portNumber));
  }

  override get parts(): readonly AddressPart[] {
    return ['url', 'endpoint', 'host', 'port'];
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'replicas', 'autoscale', 'expose'];
  }

  toModel(): readonly Workload[] {
    const { port, replicas, autoscale, health, liveness, publish, volumes } = this.props;
    const readiness = (health ?? Health.tcp()).toModel(port);
    return [
      this.workload({
        ...this.storage(volumes),
        ports: [{ name: 'http', number: port }],
        exposure: this.exposure(publish),
        ...this.scaling(replicas ?? 1, autoscale),
        readiness,
        liveness: (liveness ?? Health.tcp()).toModel(port),
        gate: gateOf(readiness, port),
      }),
    ];
  }

  private reference(part: AddressPart, text: string): Reference {
    return new Reference(this, plain(text), connectionTo(this, this.portNumber), part);
  }
}
