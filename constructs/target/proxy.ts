import type { Forward, RouteModel } from '../model/route';
import type { ApplicationModel, Workload } from '../model/workload';
import type { Exposure } from '../model/network';
import { mainExposure } from '../model/publication';
import type { LoweringFinding } from './review';

/** The features of a proxy: the fields of a route, and TLS. */
export type ProxyFeature =
  Exclude<keyof Forward, 'kind'> | 'hosts' | 'path' | 'redirect' | 'tls' | 'trustedProxies';

/** A feature that an application asks of its proxy. */
export interface UsedFeature {
  readonly field: string;
  readonly got: unknown;
}

/** Finds where a proxy is asked for the feature of a rule. */
type FindUses = (workload: Workload, model: ApplicationModel) => readonly UsedFeature[];

/** How a proxy differs from the model for one feature. */
export type ProxyRule =
  /** The feature works by other means; the note tells what is different. */
  | { readonly support: 'emulated'; readonly where: FindUses; readonly note: string }
  /** The feature does not work. It is an error, unless the environment accepts it. */
  | { readonly support: 'refused'; readonly where: FindUses; readonly reason: string; readonly fix: string };

/** The rules of a proxy for every feature. A feature without a rule works as the model says. */
export type ProxyTable = Readonly<Record<ProxyFeature, readonly ProxyRule[]>>;

/** Finds where the proxies of an application differ from the model. */
export function proxyFindings(table: ProxyTable, model: ApplicationModel): LoweringFinding[] {
  const proxies = model.workloads.filter(({ routes }) => routes.length > 0);
  return Object.entries(table).flatMap(([feature, rules]) =>
    rules.flatMap((rule) =>
      proxies.flatMap((workload) =>
        rule.where(workload, model).map((used): LoweringFinding => ({
          ...rule,
          ...used,
          name: feature === 'tls' || feature === 'trustedProxies' ? feature : 'routes',
          workload: workload.name,
        })),
      ),
    ),
  );
}

/** Finds routes that forward requests with a certain value of one option. */
export function forwardsWith<Name extends Exclude<keyof Forward, 'kind'>>(
  name: Name,
  when: (value: Forward[Name], workload: Workload, model: ApplicationModel) => boolean,
): FindUses {
  return (workload, model) =>
    workload.routes.flatMap(({ path, answer }) =>
      answer.kind === 'forward' && when(answer[name], workload, model)
        ? [{ field: `routes ${path} ${name}`, got: answer[name] }]
        : [],
    );
}

/** Finds routes of a certain kind. */
export function routesWith(name: string, when: (route: RouteModel, workload: Workload) => boolean): FindUses {
  return (workload) =>
    workload.routes
      .filter((route) => when(route, workload))
      .map(({ path, answer }) => ({ field: `routes ${path} ${name}`, got: answer }));
}

/** Finds proxies with certain TLS options. */
export function proxiesWith(when: (tls: Workload['tls'], workload: Workload) => boolean): FindUses {
  return (workload) => (when(workload.tls, workload) ? [{ field: 'tls', got: workload.tls }] : []);
}

/** Basic authentication without TLS, unless only the host itself can reach the proxy. */
const passwordInClear: ProxyRule = {
  support: 'refused',
  where: forwardsWith(
    'auth',
    ({ kind }, workload) =>
      kind === 'basic' && workload.tls.kind === 'none' && isOpen(mainExposure(workload)),
  ),
  reason: 'without TLS, others on the network can read the password',
  fix: "tls: { certificate: … }, or on Docker expose: hostPort(…, '127.0.0.1')",
};

/** Whether others than the host itself can reach a proxy. */
function isOpen(exposure: Exposure): boolean {
  if (exposure.kind === 'host-port') return !exposure.address.startsWith('127.');
  return exposure.kind !== 'internal';
}

/** The table that every nginx starts from: every feature works as the model says. */
export const allSupported: ProxyTable = {
  hosts: [],
  path: [],
  redirect: [],
  tls: [],
  trustedProxies: [],
  targets: [],
  stripPrefix: [],
  websocket: [],
  bodyLimit: [],
  timeout: [],
  sticky: [],
  auth: [passwordInClear],
};
