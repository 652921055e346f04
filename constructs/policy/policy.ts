import type { Issue } from '../issue';

/** Something of an application that a policy does not allow. */
export interface Violation extends Pick<Issue, 'field' | 'got' | 'write'> {
  /** Undefined where it is about the application as a whole. */
  readonly workload: string | undefined;
}

/** A rule that every application keeps, or says why not. One policy a file; it sees its subject alone. */
export interface Policy<Subject> {
  /** What exceptions and `catamaran check --explain` call it, as `secrets-in-files`. */
  readonly name: string;
  /** What has to hold, in one sentence. */
  readonly rule: string;
  /** What happens to those who break it. */
  readonly why: string;
  /** Pages, and the rules of scanners that ask for the same, as `checkov CKV_K8S_35`. */
  readonly sources: readonly string[];
  /** Finds what breaks the rule. A method, so that one list can hold policies of several subjects. */
  check(subject: Subject): readonly Violation[];
}

/** What a policy says of itself, whatever it is about. */
export type PolicyText = Omit<Policy<never>, 'check'>;

/** What one policy found. */
export interface Checked {
  readonly policy: PolicyText;
  readonly violations: readonly Violation[];
}

/** What each policy found where some are asked about several subjects: what is found twice is one violation. */
export function mergeChecked(checked: readonly Checked[]): Checked[] {
  const merged = new Map<string, Checked>();
  for (const { policy, violations } of checked) {
    const all = [...(merged.get(policy.name)?.violations ?? []), ...violations];
    const distinct = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
    merged.set(policy.name, { policy, violations: distinct });
  }
  return [...merged.values()];
}

/** Asks every policy about one subject. */
export function checkAll<Subject>(policies: readonly Policy<Subject>[], subject: Subject): Checked[] {
  return policies.map((policy) => ({ policy, violations: policy.check(subject) }));
}
