import { secretsRead } from '../constructs/model/secret';
import type { Review } from '../constructs/target/lowering';
import { createOverride } from '../constructs/target/create-override';
import {
  override,
  type ComponentOverrides,
  type Override,
  type OverrideOptions,
  type Overriding,
} from '../constructs/target/override';
import type { OverriddenPlan } from '../constructs/target/target';
import { containerProblems } from './container-shape';
import { identified, imageFolder, labelOf, type Container, type MountedFiles } from './container';
import { networksOf, type DockerPlan } from './plan';

/** The options of `dockerContainer`. */
export interface ContainerOverrideOptions<Result extends Container = Container> extends OverrideOptions<
  Container,
  Result
> {
  /** The name of the container, if the component has several. @default the only container */
  readonly name?: string;
}

/**
 * An override of a container of a component, for `components` of a Docker environment. The result is written and
 * applied as it is, even if it is less safe.
 * @throws IssuesError if the options are not an object
 */
export function dockerContainer<Result extends Container>(
  options: ContainerOverrideOptions<Result>,
): Override<'docker'> {
  return createOverride('dockerContainer', { target: 'docker', object: 'Container' }, options);
}

/** Applies the overrides of an environment to a plan. @param path the path of the environment, such as `shop (dev)` */
export function overrideDocker(
  plan: DockerPlan,
  path: string,
  components: readonly ComponentOverrides[],
): OverriddenPlan<DockerPlan> {
  if (components.length === 0) return { plan, notes: [], issues: [] };
  const before = plan.containers.map((rendered) => ({
    workload: rendered.name,
    object: 'Container',
    name: rendered.name,
    rendered,
  }));
  const kept = { identity: ['name'], fields: Object.keys({ ...plan.containers[0] }) };
  const overriding: Overriding<Container> = {
    target: 'docker',
    path,
    kept,
    check: containerProblems,
    objects: before,
  };
  const { objects, notes, issues } = override(overriding, components);
  const containers = objects.map(({ rendered }) => ({
    ...rendered,
    configs: rendered.configs.map(byContent),
    secrets: rendered.secrets.map(byContent),
    imageFolders: rendered.imageFolders.map((folder) =>
      imageFolder(labelOf(folder), folder.path, rendered.image),
    ),
  }));
  return {
    plan: { ...plan, containers, networks: networksOf(containers) },
    notes,
    issues: [...issues, ...containers.flatMap((container) => unknownSecrets(container, plan, path))],
  };
}

// Only the secrets of the model get values, so an override cannot read any other secret.
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
    write: `Secret.named('${secret}') in env of ${name} as well`,
    sentence:
      `components.${name}.overrides reads the secret ${secret}, which no component names: ` +
      `write Secret.named('${secret}') in env of ${name} as well`,
  }));
}

// Changed files get a new id, so that the container is replaced.
function byContent(folder: MountedFiles): MountedFiles {
  return identified(labelOf(folder), folder.path, folder.files, folder);
}
