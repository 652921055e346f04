import type { Construct } from 'constructs';
import { requireProps, pathOf } from './component';
import { connectionTo, ContainerComponent } from './container';
import start from './reverse-proxy-start.sh';
import type { Amount } from '../values/sizing';
import type { Setting, TlsOptions } from '../environment/environment';
import { gateOf, Health } from '../values/health';
import type { ImageSource } from '../values/image';
import { IssuesError } from '../issue';
import type { Exposure } from '../model/network';
import { certificatePaths, healthPath, passwordFile, proxyPorts, proxySecrets } from '../model/route';
import { oneLine } from '../model/program';
import type { Authentication, RouteModel, Tls } from '../model/route';
import type { SecretFolder } from '../model/storage';
import { Size, type Cpu } from '../model/units';
import type { Workload } from '../model/workload';
import { Route } from '../values/route';
import { anyUser } from '../values/user';

/** What a reverse proxy takes. */
export interface ReverseProxyProps {
  readonly routes: readonly Route[];
  /** The port at which it is reached from outside. @default 443 with a certificate, else 80 */
  readonly publish?: number;
  /** HTTPS, and with which certificate. @default plain HTTP */
  readonly tls?: TlsOptions;
  /** An unprivileged nginx that listens on 8080. @default nginxinc/nginx-unprivileged:1.27 */
  readonly image?: ImageSource;
  /** @default 1 */
  readonly replicas?: number;
  /** @default 100 millicores requested, 500 at most */
  readonly cpu?: Amount<Cpu>;
  /** @default 64 MiB */
  readonly memory?: Amount<Size>;
}

type BasicAuth = Authentication & { readonly kind: 'basic' };

/** nginx in front of an application: the one component that the world reaches. */
export class ReverseProxy extends ContainerComponent {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReverseProxyProps,
  ) {
    const { image, cpu, memory, routes } = requireProps(scope, id, props, `{ routes: ${someRoutes} }`);
    expectRoutes(routes, pathOf(scope, id));
    super(scope, id, {
      image: image ?? 'nginxinc/nginx-unprivileged:1.27',
      ...(cpu && { cpu }),
      memory: memory ?? Size.mebibytes(64),
      user: anyUser(101, 101),
      waitsFor: routes.flatMap(({ targets }) => targets.map(({ component }) => component)),
    });
  }

  override get acceptedSettings(): readonly Setting[] {
    if (this.isCluster()) return ['tls', 'overrides'];
    return [...super.acceptedSettings, 'replicas', 'autoscale', 'expose', 'tls'];
  }

  override get randomSecrets(): readonly string[] {
    const asked = this.props.routes.flatMap(({ password }) => (password?.random ? [password.key] : []));
    return [...super.randomSecrets, ...asked];
  }

  toModel(): readonly Workload[] {
    const { routes, replicas } = this.props;
    const targets = routes.flatMap((route) => route.targets.map(({ component }) => component));
    const models = routes.map((route) => route.toModel());
    const { exposure, tls } = this.published();
    // A cluster's own proxy knows the hashes alone, of a Secret that somebody else keeps.
    const passwords = this.isCluster() ? [] : passwordsOf(models);
    const http = { name: 'http', number: proxyPorts.http };
    // The path is answered by the proxy itself, so that it is healthy whatever its targets are.
    const readiness = Health.http(healthPath).toModel(http.number);
    return [
      this.workload({
        run: 'service',
        ...(passwords.length > 0 && { entrypoint: hashing(passwords) }),
        ports: tls.kind === 'none' ? [http] : [{ name: 'https', number: proxyPorts.https }, http],
        exposure,
        routes: models,
        tls,
        secretFiles: secretFiles({ ...passwordFiles(passwords), ...certificateFiles(tls) }),
        ...this.scaling(replicas ?? 1),
        readiness,
        liveness: Health.tcp().toModel(http.number),
        gate: gateOf(readiness),
        connections: targets.map((component) => connectionTo(component, component.port)),
      }),
    ];
  }

  /** Whether the environment's cluster carries out the routes, and no program of the application. */
  private isCluster(): boolean {
    const { environment } = this.application;
    return environment.target === 'kubernetes' && environment.proxy.kind !== 'nginx';
  }

  private published(): { readonly exposure: Exposure; readonly tls: Tls } {
    const { publish, tls } = this.props;
    const options = this.settings.tls ?? tls ?? 'off';
    const at = publish ?? (options === 'off' ? 80 : 443);
    const exposure: Exposure = this.isCluster() ? { kind: 'internal' } : this.exposure(at);
    if (options === 'off') return { exposure, tls: { kind: 'none' } };
    const standard = exposure.kind !== 'internal' && exposure.kind !== 'node-port' && exposure.port === 443;
    const redirectFrom = options.redirectFrom ?? (standard ? 80 : 'none');
    return { exposure, tls: { kind: 'https', certificate: options.certificate, redirectFrom } };
  }
}

const someRoutes = "[Route.path('/', backend)]";

function expectRoutes(got: unknown, path: string): void {
  if (Array.isArray(got) && got.every((route) => route instanceof Route)) return;
  throw new IssuesError([{ path, field: 'routes', got, write: someRoutes }]);
}

function passwordsOf(routes: readonly RouteModel[]): BasicAuth[] {
  const asked = routes.flatMap(({ answer }) =>
    answer.kind === 'forward' && answer.auth.kind === 'basic' ? [answer.auth] : [],
  );
  return [...new Map(asked.map((auth) => [passwordFile(auth), auth])).values()];
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

/**
 * Starts nginx once there is a file of user and hash for each password, as nginx reads no plain ones. Every
 * Debian image of nginx has openssl, which its certificates of authorities need.
 */
function hashing(passwords: readonly BasicAuth[]): string[] {
  const files = passwords.flatMap((auth) => [
    auth.user,
    `${proxySecrets}/${auth.password}`,
    passwordFile(auth),
  ]);
  return ['sh', '-c', oneLine(start), 'start', ...files];
}
