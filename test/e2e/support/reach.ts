import { sorted, type Reached } from './isolation';
import { probe, type Outcome, type Target } from './probe';
import { pause } from './run';

/** Everything that can be tried, by what it stands for. */
export type Tried = Readonly<Record<'own' | 'byName' | 'byAddress' | 'around', readonly Target[]>>;

const facts = ['own', 'workloads', 'byName', 'around'] as const;

/**
 * Tries everything at once; again for as long as what is expected is not there, as a machine may be slow.
 * @param process_ is in the network that is tried from
 * @param passing the outcomes that count as a connection
 */
export async function reach(
  process_: number,
  tried: Tried,
  expected: Reached,
  passing: readonly Outcome[],
): Promise<Reached> {
  const end = Date.now() + 60_000;
  for (;;) {
    const all = [...tried.own, ...tried.byName, ...tried.byAddress, ...tried.around];
    const outcomes = await probe(process_, all);
    const passed = new Set(all.filter((_, index) => passing.includes(outcomes[index] ?? 'closed')));
    const labels = (targets: readonly Target[]) =>
      sorted(targets.filter((target) => passed.has(target)).map(({ label }) => label));
    const reached = {
      own: labels(tried.own),
      workloads: labels([...tried.byName, ...tried.byAddress]),
      byName: labels(tried.byName).filter((label) => expected.byName.includes(label)),
      around: labels(tried.around),
    };
    const missing = facts.some((fact) => expected[fact].some((label) => !reached[fact].includes(label)));
    if (!missing || Date.now() > end) return reached;
    await pause(1000);
  }
}
