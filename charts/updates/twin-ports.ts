import { isDeepStrictEqual } from 'node:util';
import { isMapping, type Mapping } from '../../constructs/model/data';
import { valueAt } from '../../constructs/target/plain-data';
import type { Update } from '../../constructs/target/update';
import type { Applier } from './applier';
import { contentOf, type WrittenObject } from './written';

/**
 * What to do about a Service whose ports change, if two of them have the same number, for TCP and for UDP. `kubectl apply`
 * tells ports apart by their number alone: it would lose one of the two in silence.
 * @see https://github.com/kubernetes/kubernetes/issues/105610
 */
export function twinPortUpdates(
  { name, text }: WrittenObject,
  after: WrittenObject,
  applier: Applier,
): Update[] {
  const [old, now] = [portsOf(text), portsOf(after.text)];
  const twin = twinIn(old) ?? twinIn(now);
  const steps = applier.applyWhole();
  if (twin === undefined || steps.length === 0 || isDeepStrictEqual(old, now)) return [];
  return [
    {
      object: `Service ${name}`,
      effect: 'refused',
      reason:
        `It has port ${twin} for TCP and for UDP, and its ports change. ${applier.title} would lose one of the two, ` +
        'unless the API server merges the change.',
      steps,
    },
  ];
}

/** The number that two ports have. */
function twinIn(ports: readonly Mapping[]): string | undefined {
  const numbers = ports.map(({ port }) => String(port));
  return numbers.find((number, index) => numbers.indexOf(number) < index);
}

function portsOf(text: string): Mapping[] {
  const ports = valueAt(contentOf(text), 'spec.ports');
  return Array.isArray(ports) ? ports.filter(isMapping) : [];
}
