import { isIPv4 } from 'node:net';
import {
  healthPath,
  namedHosts,
  prefixOf,
  routesFor,
  type Forward,
  type Redirect,
  type RouteModel,
} from '../../model/route';
import type { Workload } from '../../model/workload';
import { within, type Report } from '../../target/report';

const pathForm = /^\/[\w\-./~]*$/;

/** What is wrong with the routes of a proxy. */
export function routeIssues({ routes }: Workload, report: Report): void {
  for (const path of new Set(routes.map((route) => route.path)))
    if (!pathForm.test(path)) report('routes', path, 'a path that starts with /');
  for (const host of namedHosts(routes))
    if (!isHostName(host)) report('routes hosts', host, 'a host name, such as www.example.com');
  shadowed(routes, report);
  for (const { path, answer } of routes) {
    if (answer.kind === 'forward') forwardIssues(path, answer, report);
    else redirectIssues(path, answer, report);
  }
  loops(routes, report);
}

/** Whether visitors can ask for a host by that name: no address, port, wildcard or trailing dot. */
function isHostName(host: string): boolean {
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
  return host.length <= 253 && !isIPv4(host) && host.split('.').every((part) => label.test(part));
}

// The longest prefix wins, so that the only routes that nothing reaches are those of the same prefix.
function shadowed(routes: readonly RouteModel[], report: Report): void {
  const taken = new Set<string>();
  for (const { hosts, path } of routes) {
    if (prefixOf(path) === healthPath)
      report('routes', path, 'another path: the proxy answers this one itself, to say that it is healthy');
    for (const host of hosts.length > 0 ? hosts : ['']) {
      const key = `${host} ${prefixOf(path)}`;
      const where = host === '' ? 'each path once' : `each path once for ${host}`;
      if (taken.has(key)) report('routes', path, `${where}: another route takes all of its requests`);
      taken.add(key);
    }
  }
}

function forwardIssues(path: string, forward: Forward, report: Report): void {
  const { targets, sticky, auth, timeout, bodyLimit } = forward;
  if (targets.length === 0) report(`routes ${path}`, [], 'at least one component');
  for (const { weight } of targets) within(report, `routes ${path} weight`, weight, 1, 1000);
  for (const { workload } of targets)
    if (targets.filter((other) => other.workload === workload).length > 1)
      report(`routes ${path}`, workload, 'each component once');
  // nginx takes 0 for no limit at all.
  within(report, `routes ${path} bodyLimit`, bodyLimit.bytes, 1, 1024 ** 4, 'bytes');
  within(report, `routes ${path} timeout`, timeout.milliseconds / 1000, 1, 86_400, 'seconds');
  if (sticky.kind === 'cookie' && !/^[A-Za-z0-9_]+$/.test(sticky.name))
    report(`routes ${path} sticky.cookie`, sticky.name, 'a name of letters, digits and _');
  if (auth.kind === 'basic' && !/^[\w.@+-]+$/.test(auth.user))
    report(`routes ${path} auth.user`, auth.user, 'a name of letters, digits and - . _ @ +');
}

function redirectIssues(path: string, { origin, path: to, status }: Redirect, report: Report): void {
  if (!pathForm.test(to) || !/^(https?:\/\/.+)?$/.test(origin))
    report(
      `routes ${path} redirect`,
      `${origin}${to}`,
      'a path or a URL of scheme, host and path, such as /new or https://www.example.com/new',
    );
  if (![301, 302, 308].includes(status)) report(`routes ${path} redirect`, status, '301, 302 or 308');
}

/** Requests that a redirect sends to a redirect, and so on, and that never come to a component. */
function loops(routes: readonly RouteModel[], report: Report): void {
  for (const start of routes) {
    const trail = trailOf({ host: start.hosts[0] ?? '', path: start.path }, routes, []);
    if (trail.length <= routes.length) continue;
    const steps = [...new Set(trail)].map(({ path }) => path).join(' -> ');
    report(`routes ${start.path} redirect`, steps, 'a way that ends at a component');
  }
}

/** The redirects on the way of a request; one more than there are routes where the way has no end. */
function trailOf(
  at: Place,
  routes: readonly RouteModel[],
  trail: readonly RouteModel[],
): readonly RouteModel[] {
  const route = find(routesFor(at.host, routes), at.path);
  if (route?.answer.kind !== 'redirect' || trail.length > routes.length) return trail;
  const { origin, path: to } = route.answer;
  const path = prefixOf(to) + at.path.slice(prefixOf(route.path).length);
  const host = URL.canParse(origin) ? new URL(origin).hostname : at.host;
  // Another host that no route names is somebody else's.
  if (host !== at.host && !namedHosts(routes).includes(host)) return [...trail, route];
  return trailOf({ host, path }, routes, [...trail, route]);
}

interface Place {
  readonly host: string;
  readonly path: string;
}

function find(routes: readonly RouteModel[], path: string): RouteModel | undefined {
  const fitting = routes.filter((route) => `${path}/`.startsWith(`${prefixOf(route.path)}/`));
  return fitting.sort((left, right) => prefixOf(right.path).length - prefixOf(left.path).length)[0];
}
