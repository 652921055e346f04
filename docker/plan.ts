import { distinctByName } from '../constructs/model/sorted';
import type { ApplicationModel, Workload } from '../constructs/model/workload';
import { statedRights, type StatedByName } from '../constructs/policy/stated';
import { render } from '../constructs/target/lowering';
import type { Container, Network } from './container';
import { dockerTable } from './lower/table';
import { deployedName } from '../constructs/model/path';

/** The networks and containers of an application on an engine. The containers are in start order. */
export interface DockerPlan {
  readonly target: 'docker';
  /** The prefix of every name on the engine. */
  readonly project: string;
  readonly networks: readonly Network[];
  readonly secrets: readonly string[];
  readonly containers: readonly Container[];
  /** What the components state about the rights of their programs. */
  readonly stated: StatedByName;
}

/** The networks and containers of an application. Pure: the same model gives the same plan. */
export function planDocker(model: ApplicationModel): DockerPlan {
  const containers = model.workloads.map((workload) => containerOf(workload, model));
  return {
    target: 'docker',
    project: deployedName(model.name, model.environmentName),
    networks: networksOf(containers),
    secrets: model.secrets,
    containers,
    stated: statedRights(model),
  };
}

/** The networks of some containers, each once, sorted by name. */
export function networksOf(containers: readonly Container[]): Network[] {
  const attached = containers.flatMap(({ networks }) => networks.map(({ network }) => network));
  return distinctByName(attached);
}

// This does not compile unless the table always writes every key that a container must have.
function containerOf(workload: Workload, model: ApplicationModel): Container {
  return render(dockerTable, workload, model);
}
