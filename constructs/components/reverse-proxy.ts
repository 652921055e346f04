import type { Construct } from 'constructs';
import { checkProps } from './component';
import { optional, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { cpuAmount, memoryAmount } from '../shape/units';
import { anyPort, replicaCount } from '../shape/numbers';
import { instance } from '../shape/words';
import type { BackendPort } from './backend-port';
import { ContainerComponent } from './container';
import { nginxStart, type BasicAuth } from './nginx-start';
import type { Amount } from '../values/sizing';
import type { Setting } from '../environment/settings';
import { tlsKind, type TlsOptions } from '../environment/tls';
import { gateOf, Health } from '../values/health';
import { imageKind, type ImageSource } from '../values/image';
import { internalPort, type Exposure } from '../model/network';
import type { Listener } from '../model/nginx';
import { certificatePaths, healthPath, passwordFile, proxyPorts, proxySecrets } from '../model/route';
import type { RouteModel, Tls } from '../model/route';
import type { SecretFolder } from '../model/storage';
import { Size, type Cpu } from '../model/units';
import type { Workload } from '../model/workload';
import { addressBlocks } from '../values/address-blocks';
import { Route } from '../values/route';
import { anyUser } from '../values/user';

/** The props of a reverse proxy. */
export interface ReverseProxyProps {
  /** Where requests go, by path prefix and host. @example [Route.path('/', site), Route.path('/api', api)] */
  readonly routes: readonly Route[];
  /** The port at which visitors from outside reach the proxy. @default 443 with `tls`, otherwise 80 */
  readonly publish?: number;
  /** HTTPS, with its certificate. @default HTTP only */
  readonly tls?: TlsOptions;
  /**
   * The load balancers or CDNs in front of the proxy, by their IP addresses or CIDR blocks. From these addresses, the proxy
   * believes the headers X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Port, and passes them on.
   * From all other addresses, it replaces them. Name them if something in front of the proxy ends TLS.
   * @default none
   * @example ['10.0.0.0/8']
   */
  readonly trustedProxies?: readonly string[];
  /**
   * An image of nginx that runs without root, with its configuration in /etc/nginx/nginx.conf.
   * @default nginxinc/nginx-unprivileged:1.27
   */
  readonly image?: ImageSource;
  /** The number of replicas. @default 1 */
  readonly replicas?: number;
  /** CPU request and limit. @default a request of 100 millicores and a limit of 500 */
  readonly cpu?: Amount<Cpu>;
  /** Memory request and limit. @default 64 MiB for both */
  readonly memory?: Amount<Size>;
}

const proxyShape: Shape<ReverseProxyProps> = {
  routes: listOf(
    instance<Route>((value) => value instanceof Route, "Route.path('/', backend)"),
    (value) => (value instanceof Route ? 'a list of routes, such as [route]' : "[Route.path('/', backend)]"),
  ),
  publish: optional(anyPort),
  tls: optional(tlsKind),
  image: optional(imageKind),
  replicas: optional(replicaCount),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  trustedProxies: optional(addressBlocks),
};

/**
 * The nginx that receives requests from visitors and forwards them to components. In a cluster, the environment can
 * use an Ingress controller or a Gateway instead.
 *
 * @throws IssuesError if `routes` is not a list of routes
 * @example
 * new ReverseProxy(this, 'proxy', {
 *   routes: [Route.path('/', site), Route.path('/api', api, { stripPrefix: true })],
 *   publish: 8080,
 * });
 */
export class ReverseProxy extends ContainerComponent {
  private readonly props: ReverseProxyProps;

  constructor(scope: Construct, id: string, props: ReverseProxyProps) {
    const write = "{ routes: [Route.path('/', backend)] }";
    const checked = checkProps(scope, id, props, { of: 'ReverseProxy', shape: proxyShape, write });
    const { image, cpu, memory } = checked;
    super(scope, id, {
      image: image ?? 'nginxinc/nginx-unprivileged:1.27',
      ...(cpu && { cpu }),
      memory: memory ?? Size.mebibytes(64),
      user: anyUser(101, 101),
      waitsFor: targetsOf(checked).map(({ component }) => component),
    });
    this.props = checked;
  }

  override get acceptedSettings(): readonly Setting[] {
    if (this.isCluster()) return ['tls', 'overrides'];
    return [...super.acceptedSettings, 'replicas', 'autoscale', 'expose', 'tls', 'trustedProxies'];
  }

  override get randomSecrets(): readonly string[] {
    const passwords = this.props.routes.flatMap(({ password }) => (password?.random ? [password.key] : []));
    return [...super.randomSecrets, ...passwords];
  }

  toModel(): readonly Workload[] {
    const { routes, replicas, trustedProxies } = this.props;
    if (routes.length === 0)
      this.report({ field: 'routes', got: routes, write: "[Route.path('/', backend)]" });
    const targets = targetsOf(this.props);
    const models = routes.map((route) => route.toModel());
    const { exposure, tls } = this.published();
    // A proxy of the cluster reads no passwords: a Secret that exists already has their hashes.
    const passwords = this.isCluster() ? [] : passwordsOf(models);
    const http = internalPort('http', proxyPorts.http);
    const ports =
      tls.kind === 'none'
        ? [{ ...http, exposure }]
        : [
            { ...internalPort('https', proxyPorts.https), exposure },
            { ...http, exposure: redirectExposure(exposure, tls) },
          ];
    // The proxy answers this path itself, so its health does not depend on the components behind it.
    const readiness = Health.http(healthPath).toModel(http.number);
    const workload = this.workload({
      run: 'service',
      ports,
      routes: models,
      tls,
      trustedProxies: this.settings.trustedProxies ?? trustedProxies ?? [],
      secretFiles: secretFiles({ ...passwordFiles(passwords), ...certificateFiles(tls) }),
      ...this.scaling(replicas ?? 1),
      readiness,
      liveness: Health.tcp().toModel(http.number),
      gate: gateOf(readiness, http.number),
      connections: targets.map(({ connection }) => connection),
    });
    if (this.isCluster()) return [workload];
    const listeners = ports.map(({ name, number }): Listener => ({ port: number, tls: name === 'https' }));
    return [
      {
        ...workload,
        entrypoint: nginxStart({ cpu: workload.cpu.limit, listeners, passwords }),
      },
    ];
  }

  /**
   * Whether an Ingress controller or a Gateway of the cluster serves the routes, and not an nginx of the application.
   */
  private isCluster(): boolean {
    return this.application.environment.proxy.kind !== 'nginx';
  }

  private published(): { readonly exposure: Exposure; readonly tls: Tls } {
    const { publish, tls } = this.props;
    const options = this.settings.tls ?? tls ?? 'off';
    const port = publish ?? (options === 'off' ? 80 : 443);
    const exposure: Exposure = this.isCluster() ? { kind: 'internal' } : this.exposure(port);
    if (options === 'off') return { exposure, tls: { kind: 'none' } };
    const isStandardPort =
      exposure.kind !== 'internal' && exposure.kind !== 'node-port' && exposure.port === 443;
    const redirectFrom = options.redirectFrom ?? (isStandardPort ? 80 : 'none');
    return { exposure, tls: { kind: 'https', certificate: options.certificate, redirectFrom } };
  }
}

/** The ports of the components behind the routes; none if the routes are wrong, and the proxy is not in the model. */
function targetsOf({ routes }: Partial<ReverseProxyProps>): BackendPort[] {
  return (routes ?? []).flatMap(({ targets }) => targets.map(({ port }) => port));
}

/** How the port for plain HTTP is published, which redirects to HTTPS. */
function redirectExposure(exposure: Exposure, tls: Tls): Exposure {
  if (exposure.kind === 'internal' || tls.kind === 'none' || tls.redirectFrom === 'none')
    return { kind: 'internal' };
  return exposure.kind === 'node-port'
    ? { ...exposure, port: proxyPorts.http, nodePort: tls.redirectFrom }
    : { ...exposure, port: tls.redirectFrom };
}

function passwordsOf(routes: readonly RouteModel[]): BasicAuth[] {
  const logins = routes.flatMap(({ answer }) =>
    answer.kind === 'forward' && answer.auth.kind === 'basic' ? [answer.auth] : [],
  );
  return [...new Map(logins.map((auth) => [passwordFile(auth), auth])).values()];
}

function secretFiles(files: Readonly<Record<string, string>>): SecretFolder[] {
  return Object.keys(files).length === 0 ? [] : [{ path: proxySecrets, files }];
}

function passwordFiles(passwords: readonly BasicAuth[]): Record<string, string> {
  return Object.fromEntries(passwords.map(({ password }) => [password, password]));
}

function certificateFiles(tls: Tls): Record<string, string> {
  if (tls.kind === 'none' || tls.certificate.kind !== 'secrets') return {};
  const { certificate, key } = tls.certificate;
  const { files } = certificatePaths(tls.certificate);
  return { [files.certificate]: certificate, [files.key]: key };
}
