import type { Duration } from '../../constructs/model/units';
import type { Difference } from '../../constructs/target/lowering';

/** The note on times that are not whole seconds. @param times the times in a value of the field */
export function wholeSeconds<Value>(times: (value: Value) => readonly Duration[]): Difference<Value> {
  return {
    when: (value) => times(value).some(({ milliseconds }) => milliseconds % 1000 !== 0),
    note: 'Kubernetes counts whole seconds: it rounds a part of a second up',
  };
}
