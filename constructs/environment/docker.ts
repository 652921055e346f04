import { requireObject } from '../issue';
import type { Exposure } from '../model/network';
import type { SecretSource } from './secret-source';
import type { HostSettings, TargetSettings } from './settings';
import { common, type CommonOptions, type CommonSpec } from './spec';

/** One Docker engine on one host. */
export interface DockerOptions extends CommonOptions {
  readonly secrets?: SecretSource & {
    readonly kind: 'none' | 'env-file' | 'pulumi-config' | 'generated' | 'sops';
  };
  /** The engine to deploy to with Pulumi. @default what DOCKER_HOST or the Docker context says */
  readonly host?: string;
  /**
   * Where the images that the application builds are pushed. One that was pushed and pinned is pulled from
   * there; one that was not is built on the engine. @default none: they are built on the engine
   */
  readonly registry?: string;
  readonly components?: Readonly<
    Record<string, TargetSettings<'docker', Exposure & { kind: 'host-port' }> & HostSettings>
  >;
}

/** A Docker environment with every default chosen. */
export interface DockerSpec extends CommonSpec {
  readonly target: 'docker';
  readonly host: string | undefined;
}

/** An environment on one Docker host. */
export function docker(options: DockerOptions = {}): DockerSpec {
  const { host } = requireObject(options, 'docker', 'nothing, or { secrets: envFile() }');
  return { target: 'docker', host, ...common(options) };
}
