import type { Application } from '../../constructs/components/application';
import { distinct, gather, IssuesError, type Issue } from '../../constructs/issue';
import type { Pins } from '../../constructs/compile/pins';
import { policiesOf, verdictOf } from '../../constructs/pipeline/check';
import { planApplication, type Planned } from '../../constructs/pipeline/plan';
import type { PolicyText } from '../../constructs/policy/policy';
import type { Verdict } from '../../constructs/policy/verdict';
import { counted } from '../../constructs/target/amounts';
import type { Target } from '../../constructs/target/target';
import { defineCommand } from '../command';
import { application, environment } from '../command-words';
import { closest } from '../../constructs/closest';
import { UsageError } from '../failure';
import { createApplications, loadStacks } from '../project/load';
import { readPins } from '../project/lock';
import { lineIn } from '../project/place';
import { green, grey, red, yellow } from '../style';

/**
 * Checks applications against the policies and prints each finding. If there are findings, the exit code is 1.
 * @throws IssuesError if an application has mistakes, so that there is no plan to check
 */
export const check = defineCommand({
  name: 'check',
  summary: 'Check applications against the policies',
  arguments: { application },
  options: {
    environment,
    explain: { value: 'policy', summary: 'explain this policy, and check nothing' },
  },
  examples: ['catamaran check', 'catamaran check --explain secrets-in-files'],
  run({ application, environment, explain }, { project, targets }) {
    const policies = policiesOf(targets);
    if (explain !== undefined) {
      console.log(explanation(explain, policies));
      return;
    }
    const pins = readPins(project);
    const applications = createApplications(loadStacks(project, application), environment);
    const print = lineIn(project);
    const planned = planAll(applications, targets, pins, print);
    const verdicts = planned.map((one) => ({ one, verdict: verdictOf(one, policies) }));
    for (const { one, verdict } of verdicts)
      for (const line of report(one, verdict, print)) console.log(line);
    const count = verdicts.reduce((sum, { verdict }) => sum + verdict.findings.length, 0);
    if (count === 0) return;
    console.error(red(counted(count, 'finding')));
    process.exitCode = 1;
  },
});

function planAll(
  applications: readonly Application[],
  targets: readonly Target[],
  pins: Pins,
  print: (issue: Issue) => string,
): readonly Planned[] {
  const { done, issues } = gather(applications, (application) => planApplication(application, targets, pins));
  if (issues.length > 0) throw new IssuesError(distinct(issues, print));
  return done;
}

function report(
  { application, target }: Planned,
  { findings, excused, kept }: Verdict,
  print: (issue: Issue) => string,
): string[] {
  const { name, environment } = application;
  const title = `${name.padEnd(22)} ${environment.name.padEnd(12)} ${target.name.padEnd(11)}`;
  const policies = kept === 1 ? 'policy kept' : 'policies kept';
  return [
    `${findings.length === 0 ? green(title) : red(title)}${String(kept).padStart(4)} ${policies}`,
    ...findings.map(({ policy, issue }) => `  ${red(policy)} ${print(issue)}`),
    ...excused.map(
      ({ policy, path, violations, reason }) =>
        `  ${yellow(policy)} ${path}: ${grey(`${violations} excused:`)} ${reason}`,
    ),
  ];
}

/** The rule of a policy, its reason and its sources. @throws UsageError if there is no policy of this name */
export function explanation(name: string, policies: readonly PolicyText[]): string {
  const policy = policies.find((one) => one.name === name);
  if (!policy) {
    const names = policies.map((one) => one.name);
    const close = closest(name, names);
    const advice = close === undefined ? `write one of ${names.join(', ')}` : `did you mean ${close}?`;
    throw new UsageError(`There is no policy ${name}: ${advice}`);
  }
  const sources = policy.sources.map((source) => `  ${source}`);
  return [
    `${policy.name}: ${policy.rule}`,
    policy.why,
    ...(sources.length > 0 ? ['Sources:', ...sources] : []),
    `To allow this in a component or an environment, write: exceptions: { '${policy.name}': 'the reason' }`,
  ].join('\n');
}
