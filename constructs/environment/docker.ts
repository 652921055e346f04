import { keepPlace } from '../code-place';
import { requireObject } from '../issue';
import type { Exposure } from '../model/network';
import { optional, type Shape } from '../shape/kind';
import { text } from '../shape/words';
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
  /** Settings for single components, by component name. @default none */
  readonly components?: Readonly<
    Record<string, TargetSettings<'docker', Exposure & { kind: 'host-port' }> & HostSettings>
  >;
}

/** A Docker environment with all defaults filled in. `DockerOptions` describes the fields. */
export interface DockerSpec extends EnvironmentSpec {
  readonly target: 'docker';
  readonly host: string | undefined;
}

/** The options with the types that all environments have. Which of them Docker refuses is checked with the model. */
type DockerFields = CommonOptions & Pick<DockerOptions, 'host'>;

const dockerShape: Shape<DockerFields> = {
  ...commonShape,
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
  const { host } = right;
  const own = { target: 'docker', publishesAt: 'host-port', proxy: { kind: 'nginx' }, host } as const;
  return keepPlace(withProblems({ ...own, ...common(right) }, problems), docker);
}
