import { thrownIssue, type Issue } from '../../issue';
import { imageProblem, platforms } from '../../model/image';
import { isLabel, labelHint, reservedHint } from '../../model/name';
import { sharedPort } from '../../model/network';
import { publications } from '../../model/publication';
import type { ApplicationModel, Workload } from '../../model/workload';
import { healthIssues } from './health';
import { networkIssues } from './network';
import { routeIssues } from './routes';
import { allocated, within, type Report } from '../../target/report';
import { scheduleIssues } from './schedule';
import { storageIssues } from './storage';
import { textIssues } from './texts';

const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const labelValue = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValueHint = 'at most 63 letters, digits and - . _, with a letter or digit at both ends';

/** Compose takes a variable of its own process before one of the file of secrets. */
const ofShells = [
  '_',
  'HOME',
  'LANG',
  'LOGNAME',
  'OLDPWD',
  'PATH',
  'PWD',
  'SHELL',
  'SHLVL',
  'TERM',
  'TMPDIR',
  'USER',
];

/**
 * Container names are application-environment-component-replica-digest and have to stay DNS labels of at
 * most 63 characters (RFC 1123): this is what is left for the first three.
 */
export const longestName = 46;

/** Each tells of its own part of a workload, also where another meets what it cannot read. */
const checks: readonly ((workload: Workload, report: Report, model: ApplicationModel) => void)[] = [
  workloadIssues,
  healthIssues,
  scheduleIssues,
  storageIssues,
  textIssues,
  networkIssues,
  routeIssues,
];

/** Everything in a model that no target can carry. */
export function validate(model: ApplicationModel, components: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  const reporter =
    (path: string): Report =>
    (field, got, write) =>
      issues.push({ path, field, got, write });
  applicationIssues(model, components, reporter(model.name === '' ? 'application' : model.name));
  for (const name of new Set(components))
    nameIssues(model, name, components, reporter(`${model.name}/${name}`));
  for (const workload of model.workloads) {
    const path = `${model.name}/${workload.name}`;
    for (const check of checks)
      try {
        check(workload, reporter(path), model);
      } catch (error) {
        issues.push(thrownIssue(path, 'props', error));
      }
  }
  publishedTwice(model, reporter);
  return issues;
}

function applicationIssues(model: ApplicationModel, components: readonly string[], report: Report): void {
  const { name, environmentName, owner, version, secrets } = model;
  if (!isLabel(name)) report('name', name, labelHint);
  if (!isLabel(environmentName)) report('environment', environmentName, labelHint);
  if (owner.team !== name && !labelValue.test(owner.team)) report('owner.team', owner.team, labelValueHint);
  if (!labelValue.test(version)) report('version', version, labelValueHint);
  if (components.length === 0) report('components', components, 'at least one component');
  for (const secret of secrets)
    if (!variable.test(secret)) report('secret', secret, 'a name of letters, digits and _');
    else if (secret in {}) report('secret', secret, 'another name: every object of JavaScript has that one');
    else if (ofShells.includes(secret))
      report('secret', secret, 'another name: every shell has that one, and compose takes its value');
}

function nameIssues(model: ApplicationModel, name: string, all: readonly string[], report: Report): void {
  if (!isLabel(name)) report('name', name, labelHint);
  const other = reservedHint(name);
  if (other !== undefined) report('name', name, other);
  const { length } = `${model.name}-${model.environmentName}-${name}`;
  if (length > longestName) report('name', name, `a name that is ${length - longestName} characters shorter`);
  if (all.filter((other) => other === name).length > 1) report('name', name, 'a name that is not taken');
}

function workloadIssues(workload: Workload, report: Report): void {
  const { image, replicas, autoscaling, processes, user, grace, deadline, cpu, memory } = workload;
  const problem = image.kind === 'reference' ? imageProblem(image.reference) : undefined;
  if (image.kind === 'reference' && problem !== undefined) report('image', image.reference, problem);
  if (image.kind === 'build')
    for (const platform of image.platforms)
      if (!platforms.includes(platform))
        report('image.platforms', platform, `one of ${platforms.join(', ')}`);
  within(report, 'replicas', replicas, 1, 1000);
  if (workload.run === 'once' && workload.entrypoint.length === 0)
    report('command', workload.entrypoint, 'a program and its arguments');
  if (workload.run === 'stateful' && replicas > 1)
    report('replicas', replicas, '1: more would each have data of their own');
  if (autoscaling.kind === 'cpu') {
    within(report, 'autoscale.max', autoscaling.max, replicas, 1000);
    within(report, 'autoscale.targetPercent', autoscaling.targetPercent, 1, 100);
  }
  within(report, 'processes', processes, 1, 4_194_304);
  within(report, 'user.uid', user.uid, 1, 2_147_483_647);
  within(report, 'user.gid', user.gid, 0, 2_147_483_647);
  within(report, 'grace', grace.milliseconds / 1000, 1, 3600, 'seconds');
  if (deadline.kind === 'after')
    within(report, 'deadline', deadline.time.milliseconds / 1000, 1, 86_400, 'seconds');
  const millicores = { request: cpu.request.millicores, limit: cpu.limit.millicores };
  allocated(report, 'cpu', millicores, { unit: 'millicores', least: 1, most: 256_000 });
  const mebibytes = { request: memory.request.bytes / 1024 ** 2, limit: memory.limit.bytes / 1024 ** 2 };
  allocated(report, 'memory', mebibytes, { unit: 'MiB', least: 6, most: 1_048_576 });
  for (const name of Object.keys(workload.variables))
    if (!variable.test(name))
      report('env', name, 'a variable name of letters, digits and _, not starting with a digit');
}

function publishedTwice({ name, workloads }: ApplicationModel, reporter: (path: string) => Report): void {
  const taken = new Map<string, string>();
  for (const workload of workloads)
    for (const { exposure } of publications(workload)) {
      const port = sharedPort(exposure);
      if (port === undefined) continue;
      const first = taken.get(`${exposure.kind} ${port}`);
      if (first !== undefined)
        reporter(`${name}/${workload.name}`)('publish', port, `a port that ${first} has not taken`);
      else taken.set(`${exposure.kind} ${port}`, workload.name);
    }
}
