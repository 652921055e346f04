import { posix } from 'node:path';
import type { Issue } from './issue';
import type { Check } from './model/health';
import { imageProblem } from './model/image';
import { isLabel, labelHint } from './model/name';
import type { Allocation } from './model/units';
import type { ApplicationModel, Workload } from './model/workload';

type Report = (field: string, got: unknown, write: string) => void;

const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Container names are application-environment-component-replica-digest and have to stay DNS labels of at
 * most 63 characters (RFC 1123): this is what is left for the first three.
 */
const longestName = 46;

/** Everything in a model that no target can carry. */
export function validate(model: ApplicationModel, components: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  const reporter =
    (path: string): Report =>
    (field, got, write) =>
      issues.push({ path, field, got, write });
  const own = reporter(model.name === '' ? 'application' : model.name);
  if (!isLabel(model.name)) own('name', model.name, labelHint);
  if (!isLabel(model.environment)) own('environment', model.environment, labelHint);
  for (const name of new Set(components))
    nameIssues(model, name, components, reporter(`${model.name}/${name}`));
  for (const workload of model.workloads)
    workloadIssues(model, workload, reporter(`${model.name}/${workload.name}`));
  for (const name of model.secrets)
    if (!variable.test(name)) own('secret', name, 'a name of letters, digits and _');
  publishedTwice(model, reporter);
  return issues;
}

function nameIssues(model: ApplicationModel, name: string, all: readonly string[], report: Report): void {
  if (!isLabel(name)) report('name', name, labelHint);
  const length = `${model.name}-${model.environment}-${name}`.length;
  if (length > longestName) report('name', name, `a name that is ${length - longestName} characters shorter`);
  if (all.filter((other) => other === name).length > 1) report('name', name, 'a name that is not taken');
}

function workloadIssues(model: ApplicationModel, workload: Workload, report: Report): void {
  const { image, ports, exposure, replicas, autoscaling, processes, user, grace } = workload;
  const problem = image.kind === 'reference' ? imageProblem(image.reference) : undefined;
  if (image.kind === 'reference' && problem !== undefined) report('image', image.reference, problem);
  for (const { number } of ports) within(report, 'port', number, 1024, 65_535);
  if (exposure.kind !== 'internal') within(report, 'publish', exposure.port, 1, 65_535);
  if (exposure.kind === 'node-port') within(report, 'expose', exposure.nodePort, 30_000, 32_767);
  within(report, 'replicas', replicas, 1, 1000);
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
  const milli = ({ request, limit }: Allocation<{ millicores: number }>) =>
    [request.millicores, limit.millicores] as const;
  allocated(report, 'cpu', ...milli(workload.cpu), 256_000, 'millicores');
  const mebi = (bytes: number) => bytes / 1024 ** 2;
  allocated(
    report,
    'memory',
    mebi(workload.memory.request.bytes),
    mebi(workload.memory.limit.bytes),
    1_048_576,
    'MiB',
    6,
  );
  for (const name of Object.keys(workload.environment))
    if (!variable.test(name))
      report('env', name, 'a variable name of letters, digits and _, not starting with a digit');
  probeIssues(workload, report);
  storageIssues(workload, report);
  routeIssues(workload, report);
  gateIssues(model, workload, report);
}

function probeIssues({ readiness, liveness }: Workload, report: Report): void {
  for (const [field, probe] of Object.entries({ health: readiness, liveness })) {
    if (probe.kind === 'none') continue;
    within(report, `${field}.every`, probe.every.milliseconds / 1000, 1, 3600, 'seconds');
    within(report, `${field}.timeout`, probe.timeout.milliseconds / 1000, 1, 3600, 'seconds');
    within(report, `${field}.retries`, probe.retries, 1, 100);
    within(report, `${field}.startPeriod`, probe.startPeriod.milliseconds / 1000, 0, 3600, 'seconds');
    checkIssues(probe.check, field, report);
  }
}

function checkIssues(check: Check, field: string, report: Report): void {
  if (check.kind === 'http' && !/^\/[\w\-./?=&%~+]*$/.test(check.path))
    report(`${field}.path`, check.path, 'a path that starts with /, of the characters of a URL');
  if (check.kind === 'command' && check.command.length === 0)
    report(`${field}.command`, check.command, 'a program and its arguments');
}

function storageIssues({ files, volumes, scratch, secretFiles }: Workload, report: Report): void {
  const mounts = [...files, ...secretFiles, ...volumes, ...scratch].map(({ path }) => path);
  for (const path of new Set(mounts)) {
    if (!posix.isAbsolute(path) || posix.normalize(path) !== path || (path.length > 1 && path.endsWith('/')))
      report('path', path, 'an absolute path without . or .. or a / at its end');
    else if (
      path.split('/').length < 2 ||
      ['/', '/etc', '/usr', '/bin', '/lib', '/proc', '/sys', '/dev'].includes(path)
    )
      report('path', path, 'a folder of its own: whatever the image has there would be hidden');
    if (mounts.filter((mount) => mount === path).length > 1)
      report('path', path, 'a folder that nothing else is mounted at');
  }
  for (const { size } of volumes) within(report, 'storage', size.bytes / 1024 ** 2, 1, 67_108_864, 'MiB');
  for (const { size, path } of scratch)
    within(report, `scratch ${path}`, size.bytes / 1024 ** 2, 1, 1_048_576, 'MiB');
}

function routeIssues({ routes }: Workload, report: Report): void {
  const paths = routes.map(({ path }) => path);
  for (const path of new Set(paths)) {
    if (!/^\/[\w\-./~]*$/.test(path)) report('routes', path, 'a path that starts with /');
    if (paths.filter((other) => other === path).length > 1) report('routes', path, 'each path once');
  }
  for (const { path, targets } of routes) {
    if (targets.length === 0) report(`routes ${path}`, [], 'at least one component');
    for (const { weight } of targets) within(report, `routes ${path} weight`, weight, 1, 1000);
  }
}

// A migration's check runs in the pod of the dependent, with the connections of the dependent.
function gateIssues(model: ApplicationModel, workload: Workload, report: Report): void {
  for (const { workload: name, until } of workload.after) {
    const dependency = model.workloads.find((other) => other.name === name);
    if (!dependency || until !== 'completed') continue;
    const own = workload.connections.map((connection) => JSON.stringify(connection));
    const missing = dependency.connections.filter((connection) => !own.includes(JSON.stringify(connection)));
    for (const connection of missing) {
      const to = connection.kind === 'workload' ? connection.workload : connection.name;
      report('waitsFor', name, `a reference to ${to} as well: the check of ${name} connects to it`);
    }
  }
}

function publishedTwice({ name, workloads }: ApplicationModel, reporter: (path: string) => Report): void {
  const taken = new Map<string, string>();
  for (const { name: workload, exposure } of workloads) {
    if (exposure.kind !== 'host-port' && exposure.kind !== 'node-port') continue;
    const port = exposure.kind === 'node-port' ? exposure.nodePort : exposure.port;
    const first = taken.get(`${exposure.kind} ${port}`);
    if (first !== undefined)
      reporter(`${name}/${workload}`)('publish', port, `a port that ${first} has not taken`);
    else taken.set(`${exposure.kind} ${port}`, workload);
  }
}

function allocated(
  report: Report,
  field: string,
  request: number,
  limit: number,
  most: number,
  unit: string,
  least = 1,
): void {
  within(report, `${field}.limit`, limit, least, most, unit);
  within(report, `${field}.request`, request, 1, Math.max(1, limit), unit);
}

function within(report: Report, field: string, got: number, least: number, most: number, unit = ''): void {
  const whole = unit === 'seconds' || Number.isInteger(got);
  if (whole && got >= least && got <= most) return;
  const range = `${least} to ${most}${unit === '' ? '' : ` ${unit}`}`;
  report(field, got, unit === 'seconds' ? range : `a whole number, ${range}`);
}
