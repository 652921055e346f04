import type { Construct } from 'constructs';
import { BackendPort } from './backend-port';
import { checkProps } from './component';
import { ContainerComponent } from './container';
import { unknownPort } from './published-ports';
import { containerShape, type ContainerProps } from './container-props';
import { autoscaleKind, type Autoscale } from '../values/sizing';
import type { CodePlace } from '../code-place';
import type { Setting } from '../environment/settings';
import { checkCall } from '../shape/call';
import { optional, type Shape } from '../shape/kind';
import { replicaCount } from '../shape/numbers';
import { quoted, text } from '../shape/words';
import { gateOf, Health, healthKind, NoHealth, waitFor } from '../values/health';
import { noCheck, type HealthModel } from '../model/health';
import type { Dependency, Workload } from '../model/workload';
import { listedPorts, needingPorts, portsShape, type ListedPort, type PortProps } from '../values/ports';
import { volumesShape, type VolumeProps } from '../values/storage';
import { wordOf, type AddressPart, type Reference } from '../values/reference';

/** The props of a backend. */
export interface BackendProps extends ContainerProps, VolumeProps, PortProps {
  /** The number of replicas; with `autoscale`, the smallest number. @default 1 */
  readonly replicas?: number;
  /** When to run more replicas. Kubernetes only. @default never */
  readonly autoscale?: Autoscale;
  /**
   * The readiness check. While it fails, the backend gets no requests, and components that wait for it do not start.
   * Needed if all ports are UDP. @default the first TCP port accepts connections
   * @example Health.http('/health')
   */
  readonly health?: Health;
  /**
   * The liveness check: Kubernetes restarts the container when it fails. It should not ask a database or another
   * component, because a restart cannot repair those.
   * @default the first TCP port accepts connections; none without one, or if `health` is `Health.none(…)`
   */
  readonly liveness?: Health;
}

export const backendShape: Shape<BackendProps> = {
  ...containerShape,
  ...volumesShape,
  ...portsShape,
  replicas: optional(replicaCount),
  autoscale: optional(autoscaleKind),
  health: optional(healthKind),
  liveness: optional(healthKind),
};

/** Stands for the ports of a component whose ports are wrong, which is not in the model. */
const noPort: ListedPort = { name: 'http', number: 0, protocol: 'tcp' };

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
  /** The number of the main port, for code that computes with it. */
  readonly portNumber: number;
  /** The main port: `port`, or else the first of `ports`. */
  readonly mainPort: BackendPort;

  private readonly props: BackendProps;
  private readonly listed: readonly ListedPort[];

  constructor(scope: Construct, id: string, props: BackendProps) {
    const write = "an object, such as { image: 'api:1.0' }";
    const shape = needingPorts(backendShape, props);
    const checked = checkProps(scope, id, props, { of: 'Backend', shape, write });
    super(scope, id, checked);
    this.props = checked;
    this.listed = listedPorts(checked);
    this.mainPort = new BackendPort(this, this.listed[0] ?? noPort);
    this.portNumber = this.mainPort.listed.number;
  }

  /** The URL of the main port, such as `http://backend:8000`. */
  get url(): Reference {
    return this.mainPort.url;
  }

  /** The host name and the main port, such as `backend:8000`. */
  get endpoint(): Reference {
    return this.mainPort.endpoint;
  }

  /** The host name, such as `backend`. It allows connections to the main port. */
  get host(): Reference {
    return this.mainPort.host;
  }

  /** The main port. */
  get port(): Reference {
    return this.mainPort.port;
  }

  /**
   * One of the ports, with references to it. Whoever uses one of them may connect to this port, and to no other.
   *
   * @param name the name of the port in `ports`; `http` for `port`
   * @throws IssuesError if the name is no text
   * @example env: { METRICS_URL: api.at('metrics').url }
   */
  at(name: string): BackendPort {
    checkCall(`${this.name}.at`, { name }, { name: text("the name of a port, such as 'metrics'") });
    const found = this.listed.find((port) => port.name === name);
    if (found) return new BackendPort(this, found, `${wordOf(this.name)}.at(${quoted(name)})`);
    this.reportUnknownPort('at', name, new Error());
    return this.mainPort;
  }

  override get parts(): readonly AddressPart[] {
    return ['url', 'endpoint', 'host', 'port'];
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'replicas', 'autoscale', 'expose'];
  }

  override dependency(): readonly Dependency[] {
    return [waitFor(this.name, this.props.health)];
  }

  toModel(): readonly Workload[] {
    const { replicas, autoscale, health, liveness, publish, volumes } = this.props;
    if (this.listed.length === 0)
      this.report({ field: 'ports', got: {}, write: 'at least one port, such as { http: 8000 }' });
    const readiness = this.health(health ?? this.defaultHealth('health'), 'health');
    return [
      this.workload({
        ...this.storage(volumes),
        ports: this.publishedPorts(this.listed, publish),
        ...this.scaling(replicas ?? 1, autoscale),
        readiness,
        liveness: this.health(liveness ?? this.defaultLiveness, 'liveness'),
        gate: gateOf(readiness, this.firstTcp?.number),
      }),
    ];
  }

  private get firstTcp(): ListedPort | undefined {
    return this.listed.find(({ protocol }) => protocol === 'tcp');
  }

  private get defaultLiveness(): Health | undefined {
    const { health } = this.props;
    return health instanceof NoHealth ? health : this.defaultHealth('liveness');
  }

  private defaultHealth(field: 'health' | 'liveness'): Health | undefined {
    const { firstTcp } = this;
    if (firstTcp) return Health.tcp({ port: firstTcp.name });
    const write = "Health.command(['…']), because all ports are UDP, which a check by TCP or HTTP cannot ask";
    if (field === 'health' && this.listed.length > 0)
      this.report({ field, got: undefined, write, sentence: `${field} is missing: write ${write}` });
    return undefined;
  }

  private health(health: Health | undefined, field: 'health' | 'liveness'): HealthModel {
    if (!health) return noCheck;
    const { portName = this.mainPort.listed.name } = health;
    const model = health.toModel(this.numberOf(portName, field));
    if (model.kind === 'probe' && model.check.kind !== 'command') this.requireTcp(portName, field);
    return model;
  }

  private numberOf(portName: string, field: string): number {
    const found = this.listed.find(({ name }) => name === portName);
    if (!found) this.reportUnknownPort(field, portName);
    return found?.number ?? this.portNumber;
  }

  /** @param place where the name is written, if it is not among the props */
  private reportUnknownPort(field: string, name: string, place?: CodePlace): void {
    // What is wrong with the ports of a component that is left out of the model is told already.
    if (!this.application.isComplete(this.name)) return;
    this.report({ ...unknownPort(this.name, field, name, this.listed), ...(place && { place }) });
  }

  // A UDP port says nothing when nobody listens.
  private requireTcp(portName: string, field: string): void {
    if (this.listed.find(({ name }) => name === portName)?.protocol !== 'udp') return;
    const write = this.firstTcp
      ? `{ port: ${quoted(this.firstTcp.name)} } in the check`
      : "Health.command(['…'])";
    const sentence = `${field} asks the port ${portName}, which is UDP and cannot be asked by TCP or HTTP: write ${write}`;
    this.report({ field, got: portName, write, sentence });
  }
}
