import { isPlainMapping } from '../model/data';
import { checkCall } from '../shape/call';
import { optional, type Shape } from '../shape/kind';
import { options } from '../shape/object';
import { callable, text } from '../shape/words';
import type { Override } from './override';

/** The options of every override. */
type AnyOptions = Pick<Override, 'reason' | 'change'> & { readonly name?: string };

const overrideShape: Shape<AnyOptions> = {
  name: optional(text('the name of the object as a text')),
  reason: text('why it is needed, as a text'),
  change: callable<Override['change']>('a function, such as (object) => ({ ...object })'),
};

const overrideOptions = options(overrideShape, "{ reason: 'why', change: (object) => ({ ...object }) }");

/** Whether a value is an override, as `dockerContainer` and `kubernetesObject` make them. */
export function isOverride(value: unknown): boolean {
  if (!isPlainMapping(value)) return false;
  const { target, object, reason, change } = value;
  return [target, object, reason].every((one) => typeof one === 'string') && typeof change === 'function';
}

/**
 * Makes an override from the options of `kubernetesObject` or `dockerContainer`.
 * @param path the name of that function, for messages
 * @throws IssuesError if an option is wrong or unknown
 */
export function createOverride<Target extends string>(
  path: string,
  kind: Pick<Override<Target>, 'target' | 'object'>,
  given: AnyOptions,
): Override<Target> {
  checkCall<{ options: AnyOptions }>(path, { options: given }, { options: overrideOptions });
  const { name, reason, change } = given;
  return { ...kind, name, reason, change };
}
