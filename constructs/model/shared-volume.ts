import { distinctByName } from './sorted';
import type { SharedMount } from './storage';
import type { ApplicationModel, User, Workload } from './workload';

/** The shared volumes of an application, each once, sorted by name. */
export function sharedVolumesOf({ workloads }: Pick<ApplicationModel, 'workloads'>): SharedMount[] {
  return distinctByName(workloads.flatMap(({ sharedVolumes }) => sharedVolumes));
}

/** The workloads that mount a shared volume, in start order. */
export function mountersOf({ workloads }: Pick<ApplicationModel, 'workloads'>, volume: string): Workload[] {
  return workloads.filter(({ sharedVolumes }) => sharedVolumes.some(({ name }) => name === volume));
}

/** The workloads that write to a shared volume, in start order. They have one user. */
export function writersOf(model: Pick<ApplicationModel, 'workloads'>, volume: string): Workload[] {
  return mountersOf(model, volume).filter(({ sharedVolumes }) =>
    sharedVolumes.some(({ name, access }) => name === volume && access === 'read-write'),
  );
}

/** The users whose groups the shared volumes of a workload belong to, one for each volume. */
export function ownersFor({ sharedVolumes }: Workload, model: Pick<ApplicationModel, 'workloads'>): User[] {
  return sharedVolumes.flatMap(({ name }) => writersOf(model, name)[0]?.user ?? []);
}
