import { keepsData, type EnvironmentSpec } from '../constructs/environment/environment';
import type { Manifest } from './manifest';

/** Whether an object must survive a deletion, because the environment keeps data that would be lost with it. */
export function holdsData(object: Manifest, environment: EnvironmentSpec): boolean {
  return (
    takesData(object, environment) || (object.kind === 'PersistentVolumeClaim' && keepsData(environment))
  );
}

/** Whether deleting an object also deletes data that the environment keeps. A namespace takes its volume claims with it. */
export function takesData({ kind }: Manifest, environment: EnvironmentSpec): boolean {
  return kind === 'Namespace' && keepsData(environment);
}
