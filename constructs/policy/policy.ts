import type { Issue } from '../issue';
import { unique } from '../model/sorted';
import type { Workload } from '../model/workload';

/** A part of an application that breaks a policy. */
export interface Violation extends Pick<Issue, 'field' | 'got' | 'write' | 'sentence'> {
  /** The workload with the violation; undefined if the violation is about the whole application. */
  readonly workload: string | undefined;
  /** The rendered object with the violation, such as `Deployment/api`. Messages name it first. @default none */
  readonly object?: string;
}

/** A mistake in an object, before it is known which object it is. */
export type Fault = Omit<Violation, 'workload' | 'object'>;

/** A rule that every application keeps, or has an exception from. A policy checks one subject: a model or a plan. */
export interface Policy<Subject> {
  /** The name in exceptions and in `catamaran check --explain`, such as `secrets-in-files`. */
  readonly name: string;
  /** What the policy demands. */
  readonly rule: string;
  /** What can happen if the policy is broken. */
  readonly why: string;
  /** Documentation, and rules of scanners that demand the same, such as `checkov CKV_K8S_35`. */
  readonly sources: readonly string[];
  /** Where the policy applies: in every environment, or only in those for production. @default everywhere */
  readonly applies?: 'everywhere' | 'in production';
  /**
   * Why a component says that the rule does not hold for it, by a prop of its own; empty if it says nothing. It counts as
   * an exception. @default nothing
   */
  readonly stated?: (workload: Workload) => string;
  /** Finds what breaks the rule. A method, so that one list can hold policies of several subjects. */
  check(subject: Subject): readonly Violation[];
  /** Finds what could be better, but is no mistake. `catamaran check` shows it, and does not fail. @default nothing */
  advise?(subject: Subject): readonly Violation[];
}

/** The name and the texts of a policy, whatever its subject. */
export type PolicyText = Omit<Policy<never>, 'check' | 'advise'>;

/** A policy, its violations, and its advice. */
export interface Checked {
  readonly policy: PolicyText;
  readonly violations: readonly Violation[];
  readonly advice: readonly Violation[];
}

/** Merges the results of policies that checked several subjects. The same violation, found twice, counts once. */
export function mergeChecked(checked: readonly Checked[]): Checked[] {
  const merged = new Map<string, Checked>();
  for (const { policy, violations, advice } of checked) {
    const before = merged.get(policy.name);
    merged.set(policy.name, {
      policy,
      violations: unique([...(before?.violations ?? []), ...violations]),
      advice: unique([...(before?.advice ?? []), ...advice]),
    });
  }
  return [...merged.values()];
}

/** Checks one subject with every policy. */
export function checkAll<Subject>(policies: readonly Policy<Subject>[], subject: Subject): Checked[] {
  return policies.map((policy) => ({
    policy,
    violations: policy.check(subject),
    advice: policy.advise?.(subject) ?? [],
  }));
}
