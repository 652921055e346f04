import { secretsRead } from '../constructs/model/secret';
import type { Review } from '../constructs/target/lowering';
import {
  override,
  createOverride,
  type ComponentOverrides,
  type Override,
  type OverrideOptions,
  type Overriding,
} from '../constructs/target/override';
import { identified, labelOf, type Container, type MountedFiles } from './container';
import { networksOf, type DockerPlan } from './plan';

/** What an override of a container says. */
export interface ContainerOverrideOptions<Result extends Container = Container> extends OverrideOptions<
  Container,
  Result
> {
  /** The container's name, where the component is several. @default that of the only one */
  readonly name?: string;
}

/**
 * An override of the container of a component, for `components` of a Docker environment. What it makes is
 * written and applied as it is, even where that is less safe.
 */
export function dockerContainer<Result extends Container>(
  options: ContainerOverrideOptions<Result>,
): Override<'docker'> {
  return createOverride('dockerContainer', { target: 'docker', object: 'Container' }, options);
}

/** A plan with its overrides, and what is to be told of them. */
export interface OverriddenDockerPlan extends Review {
  readonly plan: DockerPlan;
}

/** Applies the overrides of an environment to a plan. @param path of the environment, as application (environment) */
export function overrideDocker(
  plan: DockerPlan,
  path: string,
  components: readonly ComponentOverrides[],
): OverriddenDockerPlan {
  if (components.length === 0) return { plan, notes: [], issues: [] };
  const before = plan.containers.map((rendered) => ({
    workload: rendered.name,
    object: 'Container',
    name: rendered.name,
    rendered,
  }));
  const kept = { identity: ['name'], fields: Object.keys({ ...plan.containers[0] }) };
  const overriding: Overriding<Container> = { target: 'docker', path, kept, objects: before };
  const { objects, notes, issues } = override(overriding, components);
  const containers = objects.map(({ rendered }) => ({
    ...rendered,
    configs: rendered.configs.map(byContent),
    secrets: rendered.secrets.map(byContent),
  }));
  return {
    plan: { ...plan, containers, networks: networksOf(containers) },
    notes,
    issues: [...issues, ...containers.flatMap((container) => unknownSecrets(container, plan, path))],
  };
}

// No environment would have a value for them.
function unknownSecrets(
  { name, environment, secrets }: Container,
  plan: DockerPlan,
  path: string,
): Review['issues'] {
  const unknown = secretsRead(environment, secrets).filter((secret) => !plan.secrets.includes(secret));
  return unknown.map((secret) => ({
    path,
    field: `components.${name}.overrides`,
    got: `the secret ${secret}`,
    write: `a Secret in env of ${name}, so that the environment's source is asked for it`,
  }));
}

// Files of another content are other files, which a container is made anew for.
function byContent(folder: MountedFiles): MountedFiles {
  return identified(labelOf(folder), folder.path, folder.files);
}
