import type { Construct } from 'constructs';
import type { Backend } from './backend';
import { connectionTo, ContainerComponent, gateOf } from './container';
import type { Amount } from './sizing';
import type { Setting } from './environment';
import { Health } from './health';
import type { ImageSource } from './image';
import { healthPath, type Route as RouteModel } from './model/network';
import { Duration, Size, type Cpu } from './model/units';
import type { Workload } from './model/workload';

/** A component that takes a share of a route's requests. */
export interface WeightedTarget {
  readonly component: Backend;
  /** Relative to the other targets. @default 1 */
  readonly weight?: number;
}

/** How requests of a route are passed on. */
export interface RouteOptions {
  /** The largest request body. @default 1 MiB */
  readonly bodyLimit?: Size;
  /** How long a component may be silent. @default 60 s */
  readonly timeout?: Duration;
}

/** Which requests go where. */
export class Route {
  private constructor(
    readonly prefix: string,
    readonly targets: readonly WeightedTarget[],
    readonly options: RouteOptions,
  ) {}

  /** Requests whose path starts with the prefix, to one component or shared out by weight. */
  static path(prefix: string, to: Backend | readonly WeightedTarget[], options: RouteOptions = {}): Route {
    return new Route(prefix, 'length' in to ? to : [{ component: to }], options);
  }
}

/** What a reverse proxy takes. */
export interface ReverseProxyProps {
  readonly routes: readonly Route[];
  /** The port at which it is reached from outside. @default 80 */
  readonly publish?: number;
  /** An unprivileged nginx that listens on 8080. @default nginxinc/nginx-unprivileged:1.27 */
  readonly image?: ImageSource;
  /** @default 1 */
  readonly replicas?: number;
  /** @default 100 millicores requested, 500 at most */
  readonly cpu?: Amount<Cpu>;
  /** @default 64 MiB */
  readonly memory?: Amount<Size>;
}

const port = 8080;

/** nginx in front of an application: the one component that the world reaches. */
export class ReverseProxy extends ContainerComponent {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReverseProxyProps,
  ) {
    const { image, cpu, memory, routes } = props;
    super(scope, id, {
      image: image ?? 'nginxinc/nginx-unprivileged:1.27',
      ...(cpu && { cpu }),
      memory: memory ?? Size.mebibytes(64),
      user: { uid: 101, gid: 101 },
      waitsFor: routes.flatMap(({ targets }) => targets.map(({ component }) => component)),
    });
  }

  override get takes(): readonly Setting[] {
    return [...super.takes, 'replicas', 'autoscale', 'expose'];
  }

  toModel(): readonly Workload[] {
    const { routes, publish, replicas } = this.props;
    const targets = routes.flatMap((route) => route.targets.map(({ component }) => component));
    // The path is answered by the proxy itself, so that it is healthy whatever its targets are.
    const readiness = Health.http(healthPath).toModel(port);
    return [
      this.workload({
        run: 'service',
        ports: [{ name: 'http', number: port }],
        exposure: this.exposure(publish ?? 80),
        routes: routes.map(toModel),
        ...this.scaling(replicas ?? 1),
        readiness,
        liveness: Health.tcp().toModel(port),
        gate: gateOf(readiness),
        connections: targets.map((component) => connectionTo(component, component.port)),
      }),
    ];
  }
}

function toModel({ prefix, targets, options }: Route): RouteModel {
  return {
    path: prefix,
    targets: targets.map(({ component, weight }) => ({
      workload: component.name,
      port: component.port,
      weight: weight ?? 1,
    })),
    bodyLimit: options.bodyLimit ?? Size.mebibytes(1),
    timeout: options.timeout ?? Duration.minutes(1),
  };
}
