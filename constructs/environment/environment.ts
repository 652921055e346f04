import type { ClusterProxy } from '../model/proxy';
import type { NeedName } from '../model/needs';
import type { Feature } from '../model/features';
import type { Problem } from '../shape/kind';
import type { Manifest } from '../values/manifest';
import type { SecretSource } from './secret-source';
import type { PlacedSettings } from './settings';

/**
 * The fields that an environment has on every target, with all defaults filled in. `docker()` and `kubernetes()` return
 * these and more: a `DockerSpec` or a `KubernetesSpec`. `CommonOptions` describes the fields without a comment.
 */
export interface EnvironmentSpec {
  /** The name of the target, such as `docker`. */
  readonly target: string;
  /** How a component with `publish` is published, if the environment has no `expose` for it. */
  readonly publishesAt: 'host-port' | 'load-balancer';
  /** What serves the routes of a ReverseProxy. */
  readonly proxy: ClusterProxy;
  /** Objects that are applied beside those of the components, as they are; empty on a target that has no objects. */
  readonly manifests: readonly Manifest[];
  readonly choices: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string | number>>;
  readonly secrets: SecretSource;
  readonly data: 'keep' | 'delete';
  readonly accept: readonly Feature[];
  readonly forbid: readonly NeedName[];
  readonly images: 'any' | 'pinned';
  readonly purpose: Purpose | undefined;
  readonly exceptions: Readonly<Record<string, string>>;
  readonly registry: string | undefined;
  readonly toolbox: string;
  readonly components: Readonly<Record<string, PlacedSettings>>;
}

/** What an environment is for. */
export type Purpose = 'development' | 'production';

/** What an environment is for: what it says, or else what its name says. */
export function purposeOf({ name, purpose }: Pick<Environment, 'name' | 'purpose'>): Purpose {
  return purpose ?? (/^(dev|development|local)(-|$)/.test(name) ? 'development' : 'production');
}

/**
 * The key of what is wrong with the options of an environment. It is a symbol, because plans are made from the other
 * fields; and it is a field, so that a copy as `{ ...docker(…), data: 'delete' }` has it too.
 */
const problemsKey = Symbol('problems');

/** Keeps what is wrong with the options of an environment until an application is compiled for it. */
export function withProblems<Spec extends EnvironmentSpec>(spec: Spec, problems: readonly Problem[]): Spec {
  return problems.length === 0 ? spec : { ...spec, [problemsKey]: problems };
}

/** What is wrong with the options of an environment. */
export function problemsOf(spec: EnvironmentSpec): readonly Problem[] {
  return (spec as { readonly [problemsKey]?: readonly Problem[] })[problemsKey] ?? [];
}

/** Whether the data of an environment survives when what holds it is deleted. */
export function keepsData({ data }: Pick<EnvironmentSpec, 'data'>): boolean {
  return data !== 'delete';
}

/** An environment with its name, such as `production`. */
export type Environment<Spec extends EnvironmentSpec = EnvironmentSpec> = Spec & {
  /** The name of the environment in its stack. */
  readonly name: string;
};
