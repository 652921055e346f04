import type { ApplicationModel, Workload } from '../model/workload';

/** What a component states about the rights of its program. Policies excuse what is stated, and find what an override adds. */
export type StatedRights = Pick<Workload, 'root' | 'privilege' | 'capabilities' | 'ports'>;

/** The stated rights of workloads by name. Overrides do not change them. */
export type StatedByName = Readonly<Record<string, StatedRights>>;

/** The rights that the components of an application state. */
export function statedRights({ workloads }: ApplicationModel): StatedByName {
  return Object.fromEntries(
    workloads.map(({ name, root, privilege, capabilities, ports }) => [
      name,
      { root, privilege, capabilities, ports },
    ]),
  );
}
