import type { ApplicationModel, Workload } from '../constructs/model/workload';
import { lower } from '../constructs/target/lowering';
import { merge } from '../constructs/target/merge';
import type { Container, Network } from './container';
import { dockerTable } from './lower/table';

/** Everything that an application is on an engine, in start order. */
export interface DockerPlan {
  readonly target: 'docker';
  /** Comes before every name on the engine. */
  readonly project: string;
  readonly networks: readonly Network[];
  readonly secrets: readonly string[];
  readonly containers: readonly Container[];
}

/** The networks and containers of an application. Pure: the same model gives the same plan. */
export function planDocker(model: ApplicationModel): DockerPlan {
  const containers = model.workloads.map((workload) => containerOf(workload, model));
  return {
    target: 'docker',
    project: `${model.name}-${model.environmentName}`,
    networks: networksOf(containers),
    secrets: model.secrets,
    containers,
  };
}

/** Every network that a container is in, by name. */
export function networksOf(containers: readonly Container[]): Network[] {
  const attached = containers.flatMap(({ networks }) => networks.map(({ network }) => network));
  const byName = new Map(attached.map((network) => [network.name, network]));
  return [...byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function containerOf(workload: Workload, model: ApplicationModel): Container {
  const parts = lower<Partial<Container>, ApplicationModel>(dockerTable, workload, model);
  // The table writes every key, which its type proves.
  return merge<Partial<Container>>({ engine: {} }, ...parts) as Container;
}
