import { isUnknownToShells } from '../model/name';
import type { Workload } from '../model/workload';
import type { LimitCheck } from './lowering';

/** Whether a shell passes all variables on to the programs that it starts. */
export function passedOnByShells(variables: Workload['variables']): LimitCheck {
  const lost = Object.keys(variables).find(isUnknownToShells);
  if (lost === undefined) return { kind: 'within' };
  const fix = 'a name of letters, digits and _, or pass the value as an argument or in a file';
  return { kind: 'beyond', field: 'the variable', got: lost, fix };
}
