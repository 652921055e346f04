import {
  Backend,
  gateway,
  hostPort,
  ingress,
  nginx,
  ReverseProxy,
  Route,
  type RouteOptions,
  type TlsOptions,
} from 'catamaran';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { ProxyFeature } from '../../constructs/target/proxy';
import { onDocker, onKubernetes, type Build } from './application';
import { refusalOf, type RuleCase, type Scene } from './rules';

const controller = { namespace: 'ingress', labels: { 'app.kubernetes.io/name': 'ingress' } };
/** An ingress-nginx without a Secret of passwords. */
export const annotated = { className: 'nginx', controller, flavour: 'ingress-nginx' } as const;
/** Each kind of proxy in a cluster. */
export const proxies = {
  nginx: nginx(),
  ingress: ingress({ className: 'any', controller }),
  'ingress-nginx': ingress({ ...annotated, passwords: 'users' }),
  gateway: gateway({ className: 'envoy', controller }),
  'existing gateway': gateway({ gateway: { name: 'shared', namespace: 'infra' }, controller }),
};

/** An environment for each kind of proxy. */
export const places: Readonly<Record<Where, EnvironmentSpec>> = {
  docker: onDocker,
  nginx: onKubernetes,
  ingress: { ...onKubernetes, proxy: proxies.ingress },
  'ingress-nginx': { ...onKubernetes, proxy: proxies['ingress-nginx'] },
  gateway: { ...onKubernetes, proxy: proxies.gateway },
  'existing gateway': { ...onKubernetes, proxy: proxies['existing gateway'] },
};
/** The engine, or a proxy in a cluster. */
export type Where = 'docker' | keyof typeof proxies;

/** The hosts of the routes. */
export const hosts = ['shop.example'];

/** A proxy with a route of one host, and more. */
export function shop(
  more: (api: Backend, other: Backend) => readonly Route[],
  api: Partial<{ autoscale: { max: number } }> = {},
): Build {
  return (app) => {
    const props = { image: 'api:1.0', port: 8000, replicas: 2 };
    const one = new Backend(app, 'api', { ...props, ...api });
    const other = new Backend(app, 'other', props);
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', one, { hosts }), ...more(one, other)] });
  };
}

/** With no other route. */
export const bare = shop(() => []);
/** With a route that has options. */
export const routed = (options: RouteOptions) =>
  shop((api) => [Route.path('/api', api, { hosts, ...options })]);
/** With a redirect. */
export const redirected = (status: 301 | 308) =>
  shop(() => [Route.redirect('/old', '/new', { hosts, status })]);
/** With a route of any host. */
export const hostless = shop((api) => [Route.path('/', api)]);

/** With HTTPS, and published at one address if any is given. */
export function at(place: EnvironmentSpec, build: Build, tls?: TlsOptions, address?: string): Scene {
  const proxy = { ...(tls && { tls }), ...(address !== undefined && { expose: hostPort(8080, address) }) };
  return { build, place: { ...place, components: { proxy } } };
}

/** What a rule says where, and of which applications. */
export type Told = (where: Where) => Pick<RuleCase, 'refusal' | 'breaks' | 'keeps'>;

/** A rule that notes. */
export const noted =
  (breaks: (place: EnvironmentSpec) => Scene, keeps: (place: EnvironmentSpec) => Scene): Told =>
  (where) => ({ refusal: undefined, breaks: breaks(places[where]), keeps: keeps(places[where]) });
/** A rule that refuses. */
export const refused =
  (
    field: string,
    got: string | undefined,
    fix: string,
    breaks: (place: EnvironmentSpec) => Scene,
    keeps: (place: EnvironmentSpec) => Scene,
  ): Told =>
  (where) => ({
    refusal: refusalOf(where === 'docker' ? where : 'kubernetes', field, got, fix),
    breaks: breaks(places[where]),
    keeps: keeps(places[where]),
  });

/** Nothing but a proxy. */
export const plainly = (place: EnvironmentSpec) => at(place, bare);
/** A route with options. */
export const route = (options: RouteOptions) => (place: EnvironmentSpec) => at(place, routed(options));
/** No proxy at all. */
export const unproxied = (place: EnvironmentSpec): Scene => ({
  build: (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }),
  place,
});
/** A proxy with HTTPS. */
export const secured =
  (tls: TlsOptions, build = bare) =>
  (place: EnvironmentSpec) =>
    at(place, build, tls);

/** By the feature and the words of its rule. */
export type Cases = Readonly<Partial<Record<ProxyFeature, Readonly<Record<string, Told>>>>>;
