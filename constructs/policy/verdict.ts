import type { Issue } from '../issue';
import type { Exception } from '../model/exception';
import type { ApplicationModel } from '../model/workload';
import type { Checked, PolicyText, Violation } from './policy';

/** A violation that nothing excuses. */
export interface Finding {
  /** The name of the policy. */
  readonly policy: string;
  readonly issue: Issue;
}

/** Violations that a component answers for. */
export interface Excused extends Exception {
  /** As application/component. */
  readonly path: string;
  /** How many violations it is about. */
  readonly violations: number;
}

/** What all policies say of an application in one environment. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly excused: readonly Excused[];
  /** How many policies found nothing at all. */
  readonly kept: number;
}

/** An exception that excuses nothing hides what comes later. */
export const exceptions: PolicyText = {
  name: 'exceptions',
  rule: 'An exception names a policy that its component breaks, and says why.',
  why: 'One that excuses nothing any more would excuse, unread, whatever breaks the policy later.',
  sources: [],
};

/**
 * Weighs what policies found against the exceptions of the components.
 * @param all every policy that there is, as an exception may name one of another target
 */
export function judge(
  model: ApplicationModel,
  checked: readonly Checked[],
  all: readonly PolicyText[],
): Verdict {
  const found = checked.flatMap(({ policy, violations }) =>
    violations.map((violation) => ({ policy: policy.name, violation })),
  );
  const isExcused = ({ policy, violation }: (typeof found)[number]) =>
    exceptionsOf(model, violation.workload).some((exception) => exception.policy === policy);
  const findings = found
    .filter((one) => !isExcused(one))
    .map(({ policy, violation }) => ({ policy, issue: issueOf(model, violation) }));
  const excused = excuses(model, found.filter(isExcused));
  const asked = checked.map(({ policy }) => policy.name);
  return {
    findings: [...findings, ...uselessExceptions(model, excused, asked, all)],
    excused,
    kept: checked.filter(({ violations }) => violations.length === 0).length,
  };
}

function exceptionsOf(model: ApplicationModel, workload: string | undefined): readonly Exception[] {
  return model.workloads.find(({ name }) => name === workload)?.exceptions ?? [];
}

function issueOf(model: ApplicationModel, { workload, field, got, write }: Violation): Issue {
  const path = workload === undefined ? `${model.name} (${model.environment})` : `${model.name}/${workload}`;
  return { path, field, got, write };
}

function excuses(
  model: ApplicationModel,
  found: readonly { readonly policy: string; readonly violation: Violation }[],
): Excused[] {
  return model.workloads.flatMap(({ name, exceptions: own }) =>
    own.flatMap(({ policy, reason }) => {
      const violations = found.filter(
        (one) => one.policy === policy && one.violation.workload === name,
      ).length;
      return violations === 0 ? [] : [{ policy, reason, path: `${model.name}/${name}`, violations }];
    }),
  );
}

function uselessExceptions(
  model: ApplicationModel,
  excused: readonly Excused[],
  asked: readonly string[],
  all: readonly PolicyText[],
): Finding[] {
  const known = all.map(({ name }) => name);
  return model.workloads.flatMap(({ name, exceptions: own }) =>
    own.flatMap(({ policy, reason }): Finding[] => {
      const path = `${model.name}/${name}`;
      const found = (got: unknown, write: string) => [
        { policy: exceptions.name, issue: { path, field: `exceptions.${policy}`, got, write } },
      ];
      if (!known.includes(policy)) return found(reason, `one of ${[...known].sort().join(', ')}`);
      if (reason.trim() === '') return found(reason, 'why the policy is wrong for the component');
      const isUsed = excused.some((one) => one.path === path && one.policy === policy);
      // An application says the same in every environment; a policy of the other target is not asked here.
      return isUsed || !asked.includes(policy) ? [] : found(reason, `nothing: ${name} keeps the policy`);
    }),
  );
}
