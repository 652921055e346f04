import { misreadIssue, type Issue } from '../../issue';
import { imageProblem, imageSentence, platforms } from '../../model/image';
import { limits } from '../../model/limits';
import {
  labelFormProblem,
  labelProblem,
  labelValueProblem,
  reservedHint,
  secretNameProblem,
  variableProblem,
} from '../../model/name';
import { componentPath, deployedName } from '../../model/path';
import { buildSecrets } from '../../model/secret';
import type { ApplicationModel, Workload } from '../../model/workload';
import { counted } from '../../target/amounts';
import { fileIssues } from './files';
import { healthIssues } from './health';
import { limitIssues } from './limits';
import { networkIssues } from './network';
import { processIssues } from './process';
import { publishedTwice } from './published-twice';
import { removedIssues } from './removed';
import { routeIssues } from './routes';
import {
  checkAllocation,
  checkAmount,
  checkName,
  checkNumber,
  checkSeconds,
  mebibytes,
  millicores,
  reportTo,
  type Report,
} from '../../target/report';
import { scheduleIssues } from './schedule';
import { shellIssues } from './shell';
import { storageIssues } from './storage';
import { textIssues } from './texts';
import { visitorIssues } from './visitors';

/** Variables that shells set. Compose uses the variables of its shell before the values in the file of secrets. */
const shellVariables = [
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

/** Each function checks one part of a workload. If one of them throws, the others still run. */
const checks: readonly ((workload: Workload, report: Report, model: ApplicationModel) => void)[] = [
  workloadIssues,
  healthIssues,
  shellIssues,
  scheduleIssues,
  storageIssues,
  fileIssues,
  limitIssues,
  textIssues,
  processIssues,
  networkIssues,
  routeIssues,
  visitorIssues,
];

/** The issues of a model that are the same on every target. */
export function validate(model: ApplicationModel, components: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  const reporter = (path: string): Report => reportTo(issues, path);
  applicationIssues(model, components, reporter(model.name === '' ? 'application' : model.name));
  for (const name of new Set(components))
    nameIssues(model, name, components, reporter(componentPath(model.name, name)));
  for (const workload of model.workloads) {
    const path = componentPath(model.name, workload.name);
    removedIssues(workload, components, reporter(path));
    for (const check of checks)
      try {
        check(workload, reporter(path), model);
      } catch (error) {
        issues.push(misreadIssue(path, 'props', error));
      }
  }
  publishedTwice(model, reporter);
  return issues;
}

function applicationIssues(model: ApplicationModel, components: readonly string[], report: Report): void {
  const { name, environmentName, owner, version, secrets } = model;
  checkName(report, 'name', name, labelProblem);
  checkName(report, 'environment', environmentName, labelProblem);
  if (owner.team !== name) checkName(report, 'owner.team', owner.team, labelValueProblem);
  checkName(report, 'version', version, labelValueProblem);
  if (components.length === 0) report('components', components, 'at least one component');
  const ofBuilds = buildSecrets(model.workloads.map(({ image }) => image));
  for (const secret of new Set([...secrets, ...ofBuilds]))
    if (secretNameProblem(secret) !== undefined) checkName(report, 'secret', secret, secretNameProblem);
    else if (secret.length > limits.key.most)
      report('secret', secret, `a name of at most ${limits.key.most} characters`);
    else if (secret in {})
      report('secret', secret, 'another name, because every JavaScript object has a property of this name');
    else if (shellVariables.includes(secret))
      report(
        'secret',
        secret,
        'another name, because shells set this variable and compose would read that value',
      );
}

function nameIssues(model: ApplicationModel, name: string, all: readonly string[], report: Report): void {
  checkName(report, 'name', name, labelFormProblem);
  const reserved = reservedHint(name);
  if (reserved !== undefined) report('name', name, reserved);
  const excess =
    `${deployedName(model.name, model.environmentName)}-${name}`.length - limits.deployedName.most;
  if (excess > 0) report('name', name, `a name that is ${counted(excess, 'character')} shorter`);
  if (all.filter((other) => other === name).length > 1)
    report('name', name, 'another name, because another component has this one');
}

function workloadIssues(workload: Workload, report: Report): void {
  const { image, replicas, autoscaling, processes, grace, deadline, cpu, memory } = workload;
  const problem = image.kind === 'reference' ? imageProblem(image.reference) : undefined;
  if (image.kind === 'reference' && problem !== undefined)
    report('image', image.reference, problem, imageSentence(image.reference, problem));
  if (image.kind === 'build')
    for (const platform of image.platforms)
      if (!platforms.includes(platform))
        report('image.platforms', platform, `one of ${platforms.join(', ')}`);
  checkNumber(report, 'replicas', replicas, 1, 1000);
  if (workload.run === 'once' && workload.entrypoint.length === 0)
    report('command', workload.entrypoint, 'a program and its arguments');
  if (workload.run === 'stateful' && replicas > 1)
    report('replicas', replicas, '1, because each replica would have its own copy of the data');
  if (autoscaling.kind === 'cpu') {
    checkNumber(report, 'autoscale.max', autoscaling.max, Number.isInteger(replicas) ? replicas : 1, 1000);
    checkNumber(report, 'autoscale.targetPercent', autoscaling.targetPercent, 1, 100);
  }
  checkAmount(report, 'processes', processes, { least: 1, most: 4_194_304 });
  userIssues(workload, report);
  checkSeconds(report, 'grace', grace, 1, 3600);
  if (deadline.kind === 'after') checkSeconds(report, 'deadline', deadline.time, 1, 86_400);
  const cpus = { request: cpu.request.millicores, limit: cpu.limit.millicores };
  checkAllocation(report, 'cpu', cpus, { unit: millicores, least: 1, most: 256_000 });
  const sizes = { request: memory.request.bytes / 1024 ** 2, limit: memory.limit.bytes / 1024 ** 2 };
  checkAllocation(report, 'memory', sizes, { unit: mebibytes, least: 6, most: 1_048_576 });
  for (const name of Object.keys(workload.variables)) {
    const write = variableProblem(name);
    if (write !== undefined)
      report('env', name, write, `env has the variable ${JSON.stringify(name)}: write ${write}`);
  }
}

function userIssues({ user: { uid, gid }, privilege }: Workload, report: Report): void {
  if (privilege.kind === 'root') {
    const { reason } = privilege;
    if (reason.trim() === '') report('runsAsRoot.reason', reason, 'why the program must run as root');
    return;
  }
  if (uid === 0)
    report(
      'user.uid',
      uid,
      "the user of the image; or, if it must start as root, runsAsRoot: { reason: '…' } instead of user",
    );
  else checkAmount(report, 'user.uid', uid, { least: 1, most: 2_147_483_647 });
  checkAmount(report, 'user.gid', gid, { least: 0, most: 2_147_483_647 });
}
