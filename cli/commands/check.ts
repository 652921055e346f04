import { kubernetesPolicies } from '../../charts/policy';
import type { Application } from '../../constructs/components/application';
import { distinct, formatIssue, gather, IssuesError } from '../../constructs/issue';
import type { Pins } from '../../constructs/compile/pins';
import { modelPolicies } from '../../constructs/policy';
import { checkAll, mergeChecked, type PolicyText } from '../../constructs/policy/policy';
import { exceptions, judge, type Verdict } from '../../constructs/policy/verdict';
import { dockerPolicies } from '../../docker/policy';
import { defineCommand } from '../command';
import { application, environment } from '../command-words';
import { UsageError } from '../failure';
import { createApplications, loadStacks } from '../project/load';
import { readPins } from '../project/lock';
import { guarded, planApplication, type Planned } from '../plan';
import { green, grey, red, yellow } from '../style';

const all: readonly PolicyText[] = [...modelPolicies, ...kubernetesPolicies, ...dockerPolicies, exceptions];

/** Every policy that there is, by its name; what is asked of the model and of plans is one. */
export const policies: readonly PolicyText[] = [...new Map(all.map((one) => [one.name, one])).values()].sort(
  (left, right) => (left.name < right.name ? -1 : 1),
);

/**
 * Runs the policies over applications, one line for each finding; a finding is a failure.
 * @throws IssuesError where an application cannot be planned at all
 */
export const check = defineCommand({
  name: 'check',
  summary: 'Say which policies the applications break',
  arguments: { application },
  options: {
    environment,
    explain: { value: 'policy', summary: 'say what this policy asks, and why, and check nothing' },
  },
  examples: ['catamaran check', 'catamaran check --explain secrets-in-files'],
  run({ application, environment, explain }, { project }) {
    if (explain !== undefined) {
      console.log(explanation(explain));
      return;
    }
    const pins = readPins(project);
    const planned = planAll(createApplications(loadStacks(project, application), environment), pins);
    const verdicts = planned.map((one) => ({ one, verdict: verdictOf(one) }));
    for (const { one, verdict } of verdicts) for (const line of report(one, verdict)) console.log(line);
    const count = verdicts.reduce((sum, { verdict }) => sum + verdict.findings.length, 0);
    if (count === 0) return;
    console.error(red(`${count} ${count === 1 ? 'finding' : 'findings'}`));
    process.exitCode = 1;
  },
});

/** What the policies say of one application in one environment. */
export function verdictOf({ application, model, plan }: Planned): Verdict {
  // An override may have made another shape of an object than its type says.
  return guarded(application, [], () => {
    const checked = mergeChecked([
      ...checkAll(modelPolicies, model),
      ...(plan.target === 'docker' ? checkAll(dockerPolicies, plan) : checkAll(kubernetesPolicies, plan)),
    ]);
    return judge(model, checked, policies);
  });
}

function planAll(applications: readonly Application[], pins: Pins): readonly Planned[] {
  const { done, issues } = gather(applications, (application) => planApplication(application, pins));
  if (issues.length > 0) throw new IssuesError(distinct(issues));
  return done;
}

function report({ application, plan }: Planned, { findings, excused, kept }: Verdict): string[] {
  const { name, environment } = application;
  const title = `${name.padEnd(22)} ${environment.name.padEnd(12)} ${plan.target.padEnd(11)}`;
  const policies = kept === 1 ? 'policy kept' : 'policies kept';
  return [
    `${findings.length === 0 ? green(title) : red(title)}${String(kept).padStart(4)} ${policies}`,
    ...findings.map(({ policy, issue }) => `  ${red(policy)} ${formatIssue(issue)}`),
    ...excused.map(
      ({ policy, path, violations, reason }) =>
        `  ${yellow(policy)} ${path}: ${grey(`${violations} excused:`)} ${reason}`,
    ),
  ];
}

/** What a policy asks, why, and who else asks it. @throws UsageError for a name that no policy has */
export function explanation(name: string): string {
  const policy = policies.find((one) => one.name === name);
  if (!policy)
    throw new UsageError(`no policy ${name}: write one of ${policies.map((one) => one.name).join(', ')}`);
  const sources = policy.sources.map((source) => `  ${source}`);
  return [
    `${policy.name}: ${policy.rule}`,
    policy.why,
    ...(sources.length > 0 ? ['Also asked by:', ...sources] : []),
    `A component or an environment for which it is wrong says so: exceptions: { '${policy.name}': 'why' }`,
  ].join('\n');
}
