import { routeHostProblem } from '../../model/host-name';
import {
  healthPath,
  isNamed,
  namedHosts,
  prefixOf,
  routesFor,
  type Forward,
  type Redirect,
  type RouteModel,
} from '../../model/route';
import { portText } from '../../model/network';
import { routePathProblem } from '../../model/url-path';
import type { ApplicationModel, Workload } from '../../model/workload';
import { bytes, checkAmount, checkName, checkNumber, checkSeconds, type Report } from '../../target/report';

/** Reports what is wrong with the routes of a proxy. */
export function routeIssues({ routes }: Workload, report: Report, model: ApplicationModel): void {
  for (const path of new Set(routes.map((route) => route.path)))
    checkName(report, 'routes path', path, routePathProblem);
  for (const host of namedHosts(routes)) checkName(report, 'routes hosts', host, routeHostProblem);
  shadowed(routes, report);
  for (const { path, answer } of routes) {
    if (answer.kind === 'forward') {
      forwardIssues(path, answer, report);
      targetIssues(path, answer, report, model);
    } else redirectIssues(path, answer, report);
  }
  loops(routes, report);
}

// The longest prefix wins. So a route gets no requests only if an earlier route has the same prefix.
function shadowed(routes: readonly RouteModel[], report: Report): void {
  const taken = new Set<string>();
  for (const { hosts, path } of routes) {
    if (prefixOf(path) === healthPath)
      report('routes path', path, 'another path, because the proxy answers its own health check on this one');
    for (const host of hosts.length > 0 ? hosts : ['']) {
      const key = `${host} ${prefixOf(path)}`;
      const where = host === '' ? 'each path once' : `each path once for the host ${host}`;
      if (taken.has(key)) report('routes path', path, `${where}, because the first route gets all requests`);
      taken.add(key);
    }
  }
}

function forwardIssues(path: string, forward: Forward, report: Report): void {
  const { targets, sticky, auth, timeout, bodyLimit } = forward;
  if (targets.length === 0) report(`routes ${path}`, [], 'at least one component');
  for (const { weight } of targets) checkNumber(report, `routes ${path} weight`, weight, 1, 1000);
  for (const { workload } of targets)
    if (targets.filter((other) => other.workload === workload).length > 1)
      report(`routes ${path}`, workload, 'each component once');
  // For nginx, 0 means no limit.
  checkAmount(report, `routes ${path} bodyLimit`, bodyLimit.bytes, {
    unit: bytes,
    least: 1,
    most: 1024 ** 4,
  });
  checkSeconds(report, `routes ${path} timeout`, timeout, 1, 86_400);
  if (sticky.kind === 'cookie' && !/^[A-Za-z0-9_]+$/.test(sticky.name))
    report(`routes ${path} sticky.cookie`, sticky.name, 'a name of letters, digits and _');
  if (auth.kind === 'basic' && !/^[\w.@+-]+$/.test(auth.user))
    report(`routes ${path} auth.user`, auth.user, 'a name of letters, digits and - . _ @ +');
}

// A proxy speaks HTTP.
function targetIssues(
  path: string,
  { targets }: Forward,
  report: Report,
  { workloads }: ApplicationModel,
): void {
  for (const { workload, port } of targets) {
    const ports = workloads.find(({ name }) => name === workload)?.ports ?? [];
    const found = ports.filter(({ number }) => number === port);
    if (found.length === 0 || found.some(({ protocol }) => protocol === 'tcp')) continue;
    const write = 'a TCP port, because visitors of a proxy speak HTTP';
    const got = `${workload}:${portText(port, 'udp')}`;
    report(`routes ${path}`, got, write, `routes ${path} leads to ${got}: write ${write}`);
  }
}

function redirectIssues(path: string, { origin, path: to, status }: Redirect, report: Report): void {
  checkName(report, `routes ${path} redirect`, `${origin}${to}`, () => redirectProblem(origin, to));
  if (![301, 302, 308].includes(status)) report(`routes ${path} redirect`, status, '301, 302 or 308');
}

/** What to write instead of a wrong place to redirect to; undefined if it is good. */
function redirectProblem(origin: string, to: string): string | undefined {
  if (/^https?:\/\/.+$/.test(origin) || (origin === '' && to.startsWith('/'))) return routePathProblem(to);
  return 'a path such as /new, or a URL of scheme, host and path such as https://www.example.com/new';
}

/** Reports redirects that lead to each other in a circle, so that a request never reaches a component. */
function loops(routes: readonly RouteModel[], report: Report): void {
  for (const start of routes) {
    const trail = trailOf({ host: start.hosts[0] ?? '', path: start.path }, routes, []);
    if (trail.length <= routes.length) continue;
    const steps = [...new Set(trail)].map(({ path }) => path).join(' -> ');
    report(`routes ${start.path} redirect`, steps, 'redirects that end at a component');
  }
}

/** The redirects that a request follows. If the list is longer than the list of routes, they form a circle. */
function trailOf(
  at: Location,
  routes: readonly RouteModel[],
  trail: readonly RouteModel[],
): readonly RouteModel[] {
  const route = find(routesFor(at.host, routes), at.path);
  if (route?.answer.kind !== 'redirect' || trail.length > routes.length) return trail;
  const { origin, path: to } = route.answer;
  const path = prefixOf(to) + at.path.slice(prefixOf(route.path).length);
  const host = URL.canParse(origin) ? new URL(origin).hostname : at.host;
  // A host that no route names does not belong to this application.
  if (host !== at.host && !isNamed(host, routes)) return [...trail, route];
  return trailOf({ host, path }, routes, [...trail, route]);
}

/** Where a request arrives. */
interface Location {
  readonly host: string;
  readonly path: string;
}

function find(routes: readonly RouteModel[], path: string): RouteModel | undefined {
  const fitting = routes.filter((route) => `${path}/`.startsWith(`${prefixOf(route.path)}/`));
  return fitting.sort((left, right) => prefixOf(right.path).length - prefixOf(left.path).length)[0];
}
