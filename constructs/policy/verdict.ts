import type { Issue } from '../issue';
import type { Exception } from '../model/exception';
import type { ApplicationModel } from '../model/workload';
import type { Checked, PolicyText, Violation } from './policy';

/** A violation that nothing excuses. */
export interface PolicyFinding {
  /** The name of the policy. */
  readonly policy: string;
  readonly issue: Issue;
}

/** Violations that a component, or an environment, answers for. */
export interface Excused extends Exception {
  /** As application/component, or application (environment). */
  readonly path: string;
  /** How many violations it is about. */
  readonly violations: number;
}

/** What all policies say of an application in one environment. */
export interface Verdict {
  readonly findings: readonly PolicyFinding[];
  readonly excused: readonly Excused[];
  /** How many policies found nothing at all. */
  readonly kept: number;
}

/** An exception that excuses nothing hides what comes later. */
export const exceptions: PolicyText = {
  name: 'exceptions',
  rule: 'An exception names a policy that its component, or one of its environment, breaks, and says why.',
  why: 'One that excuses nothing any more would excuse, unread, whatever breaks the policy later.',
  sources: [],
};

/** Who says why a policy may be broken. */
interface Excuser {
  readonly path: string;
  /** As the findings call it. */
  readonly name: string;
  readonly exceptions: readonly Exception[];
  readonly answersFor: (violation: Violation) => boolean;
  /** Whether it is in environments of other targets too, whose policies are not asked here. */
  readonly elsewhere: boolean;
}

interface Found {
  readonly policy: string;
  readonly violation: Violation;
}

/**
 * Weighs what policies found against the exceptions of the components, and of the environment.
 * @param all every policy that there is, as an exception may name one of another target
 */
export function judge(
  model: ApplicationModel,
  checked: readonly Checked[],
  all: readonly PolicyText[],
): Verdict {
  const found = checked.flatMap(({ policy, violations }) =>
    violations.map((violation): Found => ({ policy: policy.name, violation })),
  );
  const excusers = excusersOf(model);
  const excused = excusers.flatMap((excuser) =>
    excuser.exceptions.flatMap((exception) => excusedBy(exception, excuser, excusers, found)),
  );
  const asked = checked.map(({ policy }) => policy.name);
  const findings = found
    .filter((one) => excuserOf(one, excusers) === undefined)
    .map(({ policy, violation }) => ({ policy, issue: issueOf(model, violation) }));
  return {
    findings: [
      ...findings,
      ...excusers.flatMap((excuser) => uselessExceptions(excuser, excused, asked, all)),
    ],
    excused,
    kept: checked.filter(({ violations }) => violations.length === 0).length,
  };
}

/** The components before their environment: what one says of itself is said better. */
function excusersOf(model: ApplicationModel): Excuser[] {
  const components = model.workloads.map(({ name, exceptions: own }): Excuser => ({
    path: `${model.name}/${name}`,
    name,
    exceptions: own,
    answersFor: ({ workload }) => workload === name,
    elsewhere: true,
  }));
  const environment: Excuser = {
    path: pathOf(model),
    name: model.environmentName,
    exceptions: model.exceptions,
    answersFor: () => true,
    elsewhere: false,
  };
  return [...components, environment];
}

function excuserOf({ policy, violation }: Found, excusers: readonly Excuser[]): Excuser | undefined {
  return excusers.find(
    ({ answersFor, exceptions: own }) => answersFor(violation) && own.some((one) => one.policy === policy),
  );
}

function excusedBy(
  { policy, reason }: Exception,
  excuser: Excuser,
  excusers: readonly Excuser[],
  found: readonly Found[],
): Excused[] {
  const own = found.filter((one) => one.policy === policy && excuserOf(one, excusers) === excuser);
  return own.length === 0 ? [] : [{ policy, reason, path: excuser.path, violations: own.length }];
}

function issueOf(model: ApplicationModel, { workload, field, got, write }: Violation): Issue {
  return { path: workload === undefined ? pathOf(model) : `${model.name}/${workload}`, field, got, write };
}

function pathOf({ name, environmentName }: ApplicationModel): string {
  return `${name} (${environmentName})`;
}

function uselessExceptions(
  { path, name, exceptions: own, elsewhere }: Excuser,
  excused: readonly Excused[],
  asked: readonly string[],
  all: readonly PolicyText[],
): PolicyFinding[] {
  const known = all.map((policy) => policy.name);
  return own.flatMap(({ policy, reason }): PolicyFinding[] => {
    const found = (write: string): PolicyFinding[] => [
      { policy: exceptions.name, issue: { path, field: `exceptions.${policy}`, got: reason, write } },
    ];
    if (!known.includes(policy)) return found(`one of ${[...known].sort().join(', ')}`);
    if (typeof reason !== 'string' || reason.trim() === '') return found('why the policy is wrong there');
    if (excused.some((one) => one.path === path && one.policy === policy)) return [];
    // An application says the same in every environment; a policy of the other target is not asked here.
    return elsewhere && !asked.includes(policy) ? [] : found(`nothing: ${name} keeps the policy`);
  });
}
