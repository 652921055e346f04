import type { EnvironmentSpec } from '../constructs/environment/environment';
import type { Manifest } from './manifest';

/** Whether deleting an object would delete data that the environment keeps. */
export function holdsData(object: Manifest, environment: EnvironmentSpec): boolean {
  return takesData(object, environment) || (object.kind === 'PersistentVolumeClaim' && keeps(environment));
}

/** Whether deleting an object would delete others with it, and with them data that the environment keeps. */
export function takesData({ kind }: Manifest, environment: EnvironmentSpec): boolean {
  return kind === 'Namespace' && keeps(environment);
}

function keeps({ data }: EnvironmentSpec): boolean {
  return data === 'keep';
}
