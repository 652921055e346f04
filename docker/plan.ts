import type { DockerSpec } from '../constructs/environment/docker';
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
  /** The values of the optional secrets that have none, by name. */
  readonly secretDefaults: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  /** What the components state about the rights of their programs. */
  readonly stated: StatedByName;
  /** Services in compose's own form, by name. */
  readonly services: DockerSpec['services'];
}

/** The networks and containers of an application. Pure: the same model gives the same plan. */
export function planDocker(model: ApplicationModel, { services }: Pick<DockerSpec, 'services'>): DockerPlan {
  const containers = model.workloads.map((workload) => containerOf(workload, model));
  return {
    target: 'docker',
    project: deployedName(model.name, model.environmentName),
    networks: networksOf(containers),
    secrets: model.secrets,
    secretDefaults: model.secretDefaults,
    containers,
    stated: statedRights(model),
    services,
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
