import { sentenceOf, withoutLineBreaks, type Issue } from '../issue';
import type { Exception } from '../model/exception';
import { componentPath, environmentPath } from '../model/path';
import type { ApplicationModel } from '../model/workload';
import { issueOf } from './issue-of';
import type { Checked, PolicyText, Violation } from './policy';

/** A violation, or a piece of advice, without an exception. */
export interface PolicyFinding {
  /** The name of the policy. */
  readonly policy: string;
  readonly issue: Issue;
  /** The sentence without the component and its object. Findings with the same sentence have the same cause. */
  readonly cause: string;
}

/** The violations that one exception of a component or an environment excuses. */
export interface Excused extends Exception {
  /** The component or environment with the exception, such as `shop/api` or `shop (dev)`. */
  readonly path: string;
  /** How many violations it excuses. */
  readonly violations: number;
}

/** The result of all policies for an application in one environment. */
export interface Verdict {
  readonly findings: readonly PolicyFinding[];
  /** What could be better, but is no mistake. */
  readonly advice: readonly PolicyFinding[];
  readonly excused: readonly Excused[];
  /** How many policies found no violation at all, not even an excused one. */
  readonly kept: number;
}

/** The policy on exceptions themselves. */
export const exceptions: PolicyText = {
  name: 'exceptions',
  rule: 'An exception has a reason, and names a policy that its component, or a component of its environment, breaks.',
  why: 'An exception that is no longer needed would later excuse a new violation that nobody has looked at.',
  sources: [],
};

/** A component or an environment with its exceptions. */
interface Excuser {
  readonly path: string;
  /** The name of the component or environment in messages. */
  readonly name: string;
  readonly exceptions: readonly Exception[];
  /** What its other props say about policies. Where no policy is broken, that is no mistake. */
  readonly stated: readonly Exception[];
  readonly covers: (violation: Violation) => boolean;
  /** Whether it may also exist in environments of another target, whose policies are not checked here. */
  readonly elsewhere: boolean;
}

interface Found {
  readonly policy: string;
  readonly violation: Violation;
  readonly weight: 'finding' | 'advice';
}

/**
 * Splits violations into findings and excused ones, by the exceptions of the components and the environment.
 * @param all the policies of every target, because an exception may name a policy of another target
 */
export function judge(
  model: ApplicationModel,
  checked: readonly Checked[],
  all: readonly PolicyText[],
): Verdict {
  const found = checked.flatMap(({ policy: { name: policy }, violations, advice }): Found[] => [
    ...violations.map((violation) => ({ policy, violation, weight: 'finding' }) as const),
    ...advice.map((violation) => ({ policy, violation, weight: 'advice' }) as const),
  ]);
  const policies = checked.map(({ policy }) => policy);
  const excusers = excusersOf(model, policies);
  const excused = excusers.flatMap((excuser) =>
    allOf(excuser).flatMap((exception) => excusedBy(exception, excuser, excusers, found)),
  );
  const asked = policies.map(({ name }) => name);
  const open = found.filter((one) => excuserOf(one, excusers) === undefined);
  const ofWeight = (wanted: Found['weight']): PolicyFinding[] =>
    open
      .filter(({ weight }) => weight === wanted)
      .map(({ policy, violation }) => findingOf(policy, model, violation));
  return {
    findings: [
      ...ofWeight('finding'),
      ...excusers.flatMap((excuser) => uselessExceptions(excuser, excused, asked, all)),
    ],
    advice: ofWeight('advice'),
    excused,
    kept: checked.filter(({ violations }) => violations.length === 0).length,
  };
}

/** The components come before their environment: the exception of a component is more precise. */
function excusersOf(model: ApplicationModel, policies: readonly PolicyText[]): Excuser[] {
  const components = model.workloads.map((workload): Excuser => ({
    path: componentPath(model.name, workload.name),
    name: workload.name,
    exceptions: workload.exceptions,
    stated: policies.flatMap(({ name: policy, stated }) => {
      const reason = stated?.(workload) ?? '';
      return reason === '' ? [] : [{ policy, reason }];
    }),
    covers: (violation) => violation.workload === workload.name,
    elsewhere: true,
  }));
  const environment: Excuser = {
    path: pathOf(model),
    name: model.environmentName,
    exceptions: model.exceptions,
    stated: [],
    covers: () => true,
    elsewhere: false,
  };
  return [...components, environment];
}

function excuserOf({ policy, violation }: Found, excusers: readonly Excuser[]): Excuser | undefined {
  return excusers.find(
    (excuser) => excuser.covers(violation) && allOf(excuser).some((one) => one.policy === policy),
  );
}

/** The exceptions of an excuser. One that is written replaces what the props say about the same policy. */
function allOf({ exceptions: own, stated }: Excuser): Exception[] {
  return [...own, ...stated.filter(({ policy }) => own.every((one) => one.policy !== policy))];
}

function excusedBy(
  { policy, reason }: Exception,
  excuser: Excuser,
  excusers: readonly Excuser[],
  found: readonly Found[],
): Excused[] {
  const own = found.filter((one) => one.policy === policy && excuserOf(one, excusers) === excuser);
  const line = typeof reason === 'string' ? withoutLineBreaks(reason) : reason;
  return own.length === 0 ? [] : [{ policy, reason: line, path: excuser.path, violations: own.length }];
}

function findingOf(policy: string, model: ApplicationModel, violation: Violation): PolicyFinding {
  const issue = issueOf(model, violation);
  return { policy, issue, cause: sentenceOf({ path: issue.path, ...violation }) };
}

function pathOf({ name, environmentName }: ApplicationModel): string {
  return environmentPath(name, environmentName);
}

function uselessExceptions(
  { path, name, exceptions: own, elsewhere }: Excuser,
  excused: readonly Excused[],
  asked: readonly string[],
  all: readonly PolicyText[],
): PolicyFinding[] {
  const known = all.map((policy) => policy.name);
  return own.flatMap(({ policy, reason }): PolicyFinding[] => {
    const field = `exceptions.${policy}`;
    const found = (problem: string, write: string): PolicyFinding[] => {
      const cause = `${field} ${problem}: ${write}`;
      return [
        { policy: exceptions.name, issue: { path, field, got: reason, write, sentence: cause }, cause },
      ];
    };
    if (!known.includes(policy))
      return found('is not the name of a policy', `write one of ${[...known].sort().join(', ')}`);
    if (typeof reason !== 'string' || reason.trim() === '')
      return found('has no reason', 'write why the policy is wrong here');
    if (excused.some((one) => one.path === path && one.policy === policy)) return [];
    // A component has the same exceptions in every environment, also for policies of the other target.
    return elsewhere && !asked.includes(policy)
      ? []
      : found(`excuses nothing, because ${name} keeps the policy`, 'remove it');
  });
}
