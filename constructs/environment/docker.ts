import { keepPlace } from '../code-place';
import { requireObject } from '../issue';
import type { Exposure } from '../model/network';
import { optional, type Shape } from '../shape/kind';
import { text } from '../shape/words';
import { composeServices, type ComposeService } from '../values/compose-service';
import type { SecretSource } from './secret-source';
import type { HostSettings, SettingWords, TargetSettings } from './settings';
import { withProblems, type EnvironmentSpec } from './environment';
import { checkOptions, common, commonShape, type CommonOptions } from './options';

/** The options of an environment on one Docker host. */
export interface DockerOptions extends CommonOptions {
  /**
   * Where the values of secrets come from: `envFile()`, `pulumiConfig()`, `generated()` or `sops(…)`.
   * @default nowhere: an application that needs a secret is an error
   */
  readonly secrets?: SecretSource & {
    readonly kind: 'none' | 'env-file' | 'pulumi-config' | 'generated' | 'sops';
  };
  /**
   * The address of the Docker engine that `pulumi up` deploys to, such as `ssh://user@host`. It also names the machine:
   * two environments on different hosts may publish the same ports.
   * @default DOCKER_HOST, or else the current Docker context; all environments without `host` are on one machine
   */
  readonly host?: string;
  /**
   * The image registry to push the application's own images to. The engine pulls an image that was pushed and
   * pinned, and builds any other image itself.
   * @default none: the engine builds the images
   */
  readonly registry?: string;
  /**
   * Services in compose's own form, by name, beside those of the components, for what no component says. They are written
   * into compose.yaml as they are. Their named volumes are declared, and so are their secrets, whose values come from
   * the variables of the same names. A service alone has a network of its own; to reach a component, or to be reached by
   * one, it joins a network of the application by its name, which the summary and compose.yaml list: there, each service
   * has its name as its host name. Pulumi cannot make them: it refuses such an environment.
   * @default none
   * @example { mailhog: { image: 'mailhog/mailhog:v1.0.1', ports: ['8025:8025'], networks: ['api_publish'] } }
   */
  readonly services?: Readonly<Record<string, ComposeService>>;
  /** Settings for single components, by component name. @default none */
  readonly components?: Readonly<
    Record<string, TargetSettings<'docker', Exposure & { kind: 'host-port' }> & HostSettings>
  >;
}

/** A Docker environment with all defaults filled in. `DockerOptions` describes the fields. */
export interface DockerSpec extends EnvironmentSpec {
  readonly target: 'docker';
  readonly host: string | undefined;
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** The options with the types that all environments have. Which of them Docker refuses is checked with the model. */
type DockerFields = CommonOptions & Pick<DockerOptions, 'host' | 'services'>;

const dockerShape: Shape<DockerFields> = {
  ...commonShape,
  services: optional(composeServices),
  host: optional(text("the address of an engine, such as 'ssh://user@host'")),
};

const words: SettingWords = {
  of: 'docker()',
  expose: 'hostPort',
  override: "dockerContainer({ reason: 'why', change: (container) => ({ ...container }) })",
};

/**
 * An environment on one Docker host.
 *
 * @throws IssuesError if the options are not an object
 * @example docker({ secrets: envFile(), components: { proxy: { expose: hostPort(8080) } } })
 */
export function docker(options: DockerOptions = {}): DockerSpec {
  requireObject(options, 'docker', 'docker(), or docker({ secrets: envFile() })');
  const { right, problems } = checkOptions<DockerFields>(options, dockerShape, words);
  const { host, services = {} } = right;
  const kind = { target: 'docker', publishesAt: 'host-port', proxy: { kind: 'nginx' } } as const;
  const own = { ...kind, host, services, manifests: [] };
  return keepPlace(withProblems({ ...own, ...common(right) }, problems), docker);
}
