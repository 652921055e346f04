import type { Duration } from '../model/units';
import type { Difference } from './lowering';

/**
 * The note on times that are not whole seconds, where a target rounds them up.
 * @param who what counts whole seconds, such as `Kubernetes`
 * @param times the times in a value of the field
 */
export function wholeSeconds<Value>(
  who: string,
  times: (value: Value) => readonly Duration[],
): Difference<Value> {
  return {
    when: (value) => times(value).some(({ milliseconds }) => milliseconds % 1000 !== 0),
    note: `${who} counts whole seconds: it rounds a part of a second up`,
  };
}
