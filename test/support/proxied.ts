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
/** What carries out the routes: the nginx on Docker, or a proxy in a cluster. */
export type Where = 'docker' | keyof typeof proxies;

/** The hosts of the routes. */
export const hosts = ['shop.example'];

/** An application behind a proxy with a route of one host, and more routes. */
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

/** The application without another route. */
export const bare = shop(() => []);
/** The application with the route `/api`, which has options. */
export const routed = (options: RouteOptions) =>
  shop((api) => [Route.path('/api', api, { hosts, ...options })]);
/** The application with a redirect. */
export const redirected = (status: 301 | 308) =>
  shop(() => [Route.redirect('/old', '/new', { hosts, status })]);
/** The application with a route for any host. */
export const hostless = shop((api) => [Route.path('/', api)]);

/** An application whose proxy is behind others. */
export const behind =
  (trustedProxies: readonly string[]): Build =>
  (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { hosts })], trustedProxies });
  };

/** An application with HTTPS, published at one address, if they are given. */
export function at(place: EnvironmentSpec, build: Build, tls?: TlsOptions, address?: string): Scene {
  const proxy = { ...(tls && { tls }), ...(address !== undefined && { expose: hostPort(8080, address) }) };
  return { build, place: { ...place, components: { proxy } } };
}

/** What a rule says of which applications, for one proxy. */
export type Told = (where: Where) => Pick<RuleCase, 'refusal' | 'breaks' | 'keeps'>;

/** A rule that makes a note. */
export const noted =
  (breaks: (place: EnvironmentSpec) => Scene, keeps: (place: EnvironmentSpec) => Scene): Told =>
  (where) => ({ refusal: undefined, breaks: breaks(places[where]), keeps: keeps(places[where]) });
/** A rule that refuses a field. */
export const refused =
  (
    field: string,
    got: string | undefined,
    fix: string,
    breaks: (place: EnvironmentSpec) => Scene,
    keeps: (place: EnvironmentSpec) => Scene,
  ): Told =>
  (where) => ({
    refusal: refusalOf(where === 'docker' ? 'Docker' : 'Kubernetes', field, got, fix),
    breaks: breaks(places[where]),
    keeps: keeps(places[where]),
  });

/** The application, without more. */
export const plainly = (place: EnvironmentSpec) => at(place, bare);
/** The application with a route that has options. */
export const route = (options: RouteOptions) => (place: EnvironmentSpec) => at(place, routed(options));
/** An application without a proxy. */
export const unproxied = (place: EnvironmentSpec): Scene => ({
  build: (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }),
  place,
});
/** The application with HTTPS. */
export const secured =
  (tls: TlsOptions, build = bare) =>
  (place: EnvironmentSpec) =>
    at(place, build, tls);

/** What rules say, by feature and by the words of the rule. */
export type Cases = Readonly<Partial<Record<ProxyFeature, Readonly<Record<string, Told>>>>>;
