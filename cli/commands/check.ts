import { withPlace } from '../../constructs/compile/places';
import { withoutLineBreaks } from '../../constructs/issue';
import { conflicts } from '../../constructs/pipeline/conflicts';
import { policiesOf, verdictOf } from '../../constructs/pipeline/check';
import { planApplication, type Planned } from '../../constructs/pipeline/plan';
import type { PolicyText } from '../../constructs/policy/policy';
import type { Excused, PolicyFinding, Verdict } from '../../constructs/policy/verdict';
import { groupedBy } from '../../constructs/model/sorted';
import { counted } from '../../constructs/target/amounts';
import { defineCommand, notWith } from '../command';
import { application, environment } from '../command-words';
import { causesOf, type Cause, type Remark } from '../causes';
import { closest } from '../../constructs/closest';
import { UsageError } from '../failure';
import { noOthers, othersThan, reportUnseen } from '../project/others';
import { readPins } from '../project/lock';
import { stackPosition } from '../project/place';
import { forEachApplication, select } from '../project/select';
import { green, grey, red, yellow } from '../style';

/**
 * Checks applications against the policies, and prints each cause of findings with the components that it concerns. If
 * there are findings, the exit code is 1. Advice and excused findings are printed too, and change nothing.
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
  misuse({ application, environment, explain }) {
    if (explain === undefined) return undefined;
    if (environment !== undefined) return notWith('--environment', '--explain');
    return application === undefined ? undefined : notWith(`the application ${application}`, '--explain');
  },
  run({ application, environment, explain }, { project, targets }) {
    const policies = policiesOf(targets);
    if (explain !== undefined) {
      console.log(explanation(explain, policies));
      return;
    }
    const pins = readPins(project);
    const selected = select(project, { application, environment });
    const everything = application === undefined && environment === undefined;
    const others = everything ? noOthers : othersThan(selected.applications, project, targets);
    const planned = forEachApplication(
      selected,
      (one) => planApplication(one, targets, pins),
      (done) => conflicts(done, others.claimants).map(withPlace(...selected.applications)),
    );
    const verdicts = planned.map((one) => ({ one, verdict: verdictOf(one, policies) }));
    for (const { one, verdict } of verdicts) console.log(title(one, verdict));
    const remarks = (kind: (verdict: Verdict) => readonly PolicyFinding[]) =>
      verdicts.flatMap(({ one, verdict }) => kind(verdict).map((remark) => remarkOf(one, remark)));
    const findings = causesOf(
      remarks(({ findings }) => findings),
      (place) => stackPosition(place, project),
    );
    const advice = causesOf(remarks(({ advice }) => advice));
    const excused = causesOf(remarks(({ excused }) => excused.map(asFinding)));
    for (const line of section('', findings, red)) console.log(line);
    for (const line of section('Advice', advice, yellow)) console.log(line);
    for (const line of section('Excused', excused, grey)) console.log(line);
    reportUnseen(others);
    if (findings.length === 0) return;
    console.error(red(counted(findings.length, 'finding')));
    process.exitCode = 1;
  },
});

function title({ application, target }: Planned, { findings, kept }: Verdict): string {
  const { name, environment } = application;
  const text = `${name.padEnd(22)} ${environment.name.padEnd(12)} ${target.name.padEnd(11)}`;
  const policies = kept === 1 ? 'policy kept' : 'policies kept';
  return `${findings.length === 0 ? green(text) : red(text)}${String(kept).padStart(4)} ${policies}`;
}

function remarkOf({ application }: Planned, finding: PolicyFinding): Remark {
  return { ...finding, application: application.name, environmentName: application.environment.name };
}

/** An exception, in the form of a finding: its cause is the reason. */
function asFinding({ policy, path, reason }: Excused): PolicyFinding {
  return { policy, cause: reason, issue: { path, field: '', got: undefined, write: '' } };
}

/** The causes by policy, after an empty line and a heading. */
function section(heading: string, causes: readonly Cause[], colour: (text: string) => string): string[] {
  if (causes.length === 0) return [];
  const byPolicy = [...groupedBy(causes, ({ policy }) => policy)];
  return [
    '',
    ...(heading === '' ? [] : [`${heading}:`]),
    ...byPolicy.flatMap(([policy, some]) =>
      some.flatMap(({ cause, lines }) => [
        `${colour(policy)}: ${withoutLineBreaks(cause)}`,
        ...lines.map((line) => `  ${line}`),
      ]),
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
    ...(policy.applies === 'in production' ? ['It does not apply to environments for development.'] : []),
    ...(sources.length > 0 ? ['Sources:', ...sources] : []),
    `To allow this in a component or an environment, write: exceptions: { '${policy.name}': 'the reason' }`,
  ].join('\n');
}
