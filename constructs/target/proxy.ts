import type { Forward, RouteModel } from '../model/route';
import type { ApplicationModel, Workload } from '../model/workload';
import type { LoweringFinding } from './lowering';

/** What a proxy can be asked for. */
export type ProxyFeature = Exclude<keyof Forward, 'kind'> | 'hosts' | 'path' | 'redirect' | 'tls';

/** A part of what a proxy is asked for. */
export interface Asked {
  readonly field: string;
  readonly got: unknown;
}

/** Finds, in what a proxy is asked for, that which a rule is about. */
type Pick = (workload: Workload, model: ApplicationModel) => readonly Asked[];

/** What a proxy does otherwise than the model says. */
export type ProxyRule =
  /** By other means, of which the note tells. */
  | { readonly support: 'emulated'; readonly of: Pick; readonly note: string }
  /** Not at all, unless the environment accepts it. */
  | { readonly support: 'refused'; readonly of: Pick; readonly reason: string; readonly fix: string };

/** What a proxy does with everything that it can be asked for: as it is meant where there is no rule. */
export type ProxyTable = Readonly<Record<ProxyFeature, readonly ProxyRule[]>>;

/** Everything that the proxies of an application do otherwise than the model says. */
export function proxyFindings(table: ProxyTable, model: ApplicationModel): LoweringFinding[] {
  const proxies = model.workloads.filter(({ routes }) => routes.length > 0);
  return Object.entries(table).flatMap(([feature, rules]) =>
    rules.flatMap((rule) =>
      proxies.flatMap((workload) =>
        rule.of(workload, model).map((asked): LoweringFinding => ({
          ...rule,
          ...asked,
          name: feature === 'tls' ? 'tls' : 'routes',
          workload: workload.name,
        })),
      ),
    ),
  );
}

/** The routes whose requests are passed on in a way that a rule is about. */
export function forwarding<Name extends Exclude<keyof Forward, 'kind'>>(
  name: Name,
  when: (value: Forward[Name], workload: Workload, model: ApplicationModel) => boolean,
): Pick {
  return (workload, model) =>
    workload.routes.flatMap(({ path, answer }) =>
      answer.kind === 'forward' && when(answer[name], workload, model)
        ? [{ field: `routes ${path} ${name}`, got: answer[name] }]
        : [],
    );
}

/** The routes that a rule is about. */
export function routing(name: string, when: (route: RouteModel, workload: Workload) => boolean): Pick {
  return (workload) =>
    workload.routes
      .filter((route) => when(route, workload))
      .map(({ path, answer }) => ({ field: `routes ${path} ${name}`, got: answer }));
}

/** The proxies whose HTTPS a rule is about. */
export function securing(when: (tls: Workload['tls'], workload: Workload) => boolean): Pick {
  return (workload) => (when(workload.tls, workload) ? [{ field: 'tls', got: workload.tls }] : []);
}

/** A password that others on its way could read. */
const passwordInClear: ProxyRule = {
  support: 'refused',
  of: forwarding(
    'auth',
    ({ kind }, { tls, exposure }) =>
      kind === 'basic' &&
      tls.kind === 'none' &&
      exposure.kind !== 'internal' &&
      !(exposure.kind === 'host-port' && exposure.address.startsWith('127.')),
  ),
  reason: 'without TLS the password can be read on its way',
  fix: "tls: { certificate: … }, or on Docker expose: hostPort(…, '127.0.0.1')",
};

/** What a template for every proxy starts from: all as it is meant. */
export const asMeant: ProxyTable = {
  hosts: [],
  path: [],
  redirect: [],
  tls: [],
  targets: [],
  stripPrefix: [],
  websocket: [],
  bodyLimit: [],
  timeout: [],
  sticky: [],
  auth: [passwordInClear],
};
